import { authState, totpInput } from "@tessera/contracts";
import { verifyTotp } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const verifyTotpProcedure = accountProcedure
  .input(totpInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { authSession, standing } = await verifyTotp(ctx.core, ctx.standing, input, ctx.requester);
    ctx.setAuthSession(authSession);
    return standing;
  });
