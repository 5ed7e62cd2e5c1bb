import { done, scannerIdInput } from "@tessera/contracts";
import { refuseScanner } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const refuseProcedure = supervisorProcedure
  .input(scannerIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await refuseScanner(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
