import { accountIdInput, done } from "@tessera/contracts";
import { enableEmployee } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const enableProcedure = adminProcedure
  .input(accountIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await enableEmployee(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
