import { authState, passkeyInput } from "@tessera/contracts";
import { signInWithPasskey } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const signInWithPasskeyProcedure = publicProcedure
  .input(passkeyInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { audience, requester } = ctx;
    const signedIn = await signInWithPasskey(ctx.core, { ...input, audience }, requester, await ctx.auth());
    ctx.setAuthSession(signedIn.authSession);
    return signedIn.standing;
  });
