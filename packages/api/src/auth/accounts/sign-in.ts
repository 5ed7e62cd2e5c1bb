import { authState, signInInput } from "@tessera/contracts";
import { signIn } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const signInProcedure = publicProcedure
  .input(signInInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { audience } = ctx;
    const { authSession, standing } = await signIn(ctx.core, { ...input, audience }, ctx.requester, await ctx.auth());
    ctx.setAuthSession(authSession);
    return standing;
  });
