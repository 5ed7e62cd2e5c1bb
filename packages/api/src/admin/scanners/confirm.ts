import { done, scannerIdInput } from "@tessera/contracts";
import { confirmScanner } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const confirmProcedure = supervisorProcedure
  .input(scannerIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await confirmScanner(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
