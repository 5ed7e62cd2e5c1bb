import { factorAdded, totpInput } from "@tessera/contracts";
import { confirmTotpEnrolment } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const confirmTotpEnrolmentProcedure = accountProcedure
  .input(totpInput)
  .output(factorAdded)
  .mutation(async ({ ctx, input }) => {
    const { authSession, recoveryCodes } = await confirmTotpEnrolment(ctx.core, ctx.standing, input, ctx.requester);
    ctx.setAuthSession(authSession);
    return { recoveryCodes };
  });
