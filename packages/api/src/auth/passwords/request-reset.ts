import { done, requestPasswordResetInput } from "@tessera/contracts";
import { requestPasswordReset } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const requestResetProcedure = publicProcedure
  .input(requestPasswordResetInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await requestPasswordReset(ctx.core, { ...input, audience: ctx.audience }, ctx.requester);
    return { done: true as const };
  });
