import { authState, registerInput } from "@tessera/contracts";
import { register } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const registerProcedure = publicProcedure
  .input(registerInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { authSession, standing } = await register(ctx.core, input, ctx.requester, await ctx.auth());
    ctx.setAuthSession(authSession);
    return standing;
  });
