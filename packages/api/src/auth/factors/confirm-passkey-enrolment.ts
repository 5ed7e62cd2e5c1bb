import { confirmPasskeyInput, factorAdded } from "@tessera/contracts";
import { confirmPasskeyEnrolment } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const confirmPasskeyEnrolmentProcedure = accountProcedure
  .input(confirmPasskeyInput)
  .output(factorAdded)
  .mutation(async ({ ctx, input }) => {
    const { authSession, recoveryCodes } = await confirmPasskeyEnrolment(ctx.core, ctx.standing, input, ctx.requester);
    ctx.setAuthSession(authSession);
    return { recoveryCodes };
  });
