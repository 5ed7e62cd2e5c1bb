import { done, mailTokenInput } from "@tessera/contracts";
import { cancelFactorReset } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const cancelFactorResetProcedure = publicProcedure
  .input(mailTokenInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await cancelFactorReset(ctx.core, input);
    return { done: true as const };
  });
