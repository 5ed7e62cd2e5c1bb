import { done, scannerIdInput } from "@tessera/contracts";
import { revokeScanner } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const revokeProcedure = supervisorProcedure
  .input(scannerIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await revokeScanner(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
