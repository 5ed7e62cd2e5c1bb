import { accountIdInput, done } from "@tessera/contracts";
import { requestEmployeeFactorReset } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const requestFactorResetProcedure = adminProcedure
  .input(accountIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await requestEmployeeFactorReset(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
