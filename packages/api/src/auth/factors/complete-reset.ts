import { done, mailTokenInput } from "@tessera/contracts";
import { completeFactorReset } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const completeFactorResetProcedure = publicProcedure
  .input(mailTokenInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await completeFactorReset(ctx.core, input);
    return { done: true as const };
  });
