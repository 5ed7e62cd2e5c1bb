import { done, factorResetIdInput } from "@tessera/contracts";
import { approveEmployeeFactorReset } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const approveFactorResetProcedure = adminProcedure
  .input(factorResetIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await approveEmployeeFactorReset(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
