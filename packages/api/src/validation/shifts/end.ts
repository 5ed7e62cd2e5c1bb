import { done, shiftIdInput } from "@tessera/contracts";
import { endShift } from "@tessera/core";
import { scannerProcedure } from "../../trpc.ts";

export const endProcedure = scannerProcedure
  .input(shiftIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await endShift(ctx.core, ctx.scanner, input);
    return { done: true as const };
  });
