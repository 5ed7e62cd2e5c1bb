import { checkInInput, scannerStanding } from "@tessera/contracts";
import { checkIn } from "@tessera/core";
import { knownScannerProcedure } from "../../trpc.ts";

export const checkInProcedure = knownScannerProcedure
  .input(checkInInput)
  .output(scannerStanding)
  .mutation(({ ctx, input }) => checkIn(ctx.core, ctx.scanner, input));
