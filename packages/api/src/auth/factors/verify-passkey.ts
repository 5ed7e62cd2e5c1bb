import { authState, passkeyInput } from "@tessera/contracts";
import { verifyPasskey } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const verifyPasskeyProcedure = accountProcedure
  .input(passkeyInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { authSession, standing } = await verifyPasskey(ctx.core, ctx.standing, input, ctx.requester);
    ctx.setAuthSession(authSession);
    return standing;
  });
