import { done, resetPasswordInput } from "@tessera/contracts";
import { resetPassword } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const resetProcedure = publicProcedure
  .input(resetPasswordInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await resetPassword(ctx.core, { ...input, audience: ctx.audience }, ctx.requester);
    return { done: true as const };
  });
