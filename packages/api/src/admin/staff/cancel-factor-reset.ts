import { done, factorResetIdInput } from "@tessera/contracts";
import { cancelEmployeeFactorReset } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const cancelFactorResetProcedure = adminProcedure
  .input(factorResetIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await cancelEmployeeFactorReset(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
