import { accountIdInput, done } from "@tessera/contracts";
import { disableEmployee } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const disableProcedure = adminProcedure
  .input(accountIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await disableEmployee(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
