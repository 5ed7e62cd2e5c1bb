import { recoveryCodes, totpInput } from "@tessera/contracts";
import { confirmTotpEnrolment } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const confirmTotpEnrolmentProcedure = accountProcedure
  .input(totpInput)
  .output(recoveryCodes)
  .mutation(async ({ ctx, input }) => {
    const confirmed = await confirmTotpEnrolment(ctx.core, ctx.standing, input, ctx.requester);
    ctx.setAuthSession(confirmed.authSession);
    return { recoveryCodes: confirmed.recoveryCodes };
  });
