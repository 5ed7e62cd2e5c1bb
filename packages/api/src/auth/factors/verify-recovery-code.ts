import { authState, recoveryCodeInput } from "@tessera/contracts";
import { verifyRecoveryCode } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const verifyRecoveryCodeProcedure = accountProcedure
  .input(recoveryCodeInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { authSession, standing } = await verifyRecoveryCode(ctx.core, ctx.standing, input, ctx.requester);
    ctx.setAuthSession(authSession);
    return standing;
  });
