import { done, requestEmailChangeInput } from "@tessera/contracts";
import { requestEmailChange } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const requestChangeProcedure = signedInProcedure
  .input(requestEmailChangeInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await requestEmailChange(ctx.core, ctx.standing, input, ctx.requester);
    return { done: true as const };
  });
