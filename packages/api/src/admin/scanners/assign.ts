import { assignScannerInput, done } from "@tessera/contracts";
import { assignScanner } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const assignProcedure = supervisorProcedure
  .input(assignScannerInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await assignScanner(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
