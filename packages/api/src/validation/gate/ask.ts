import { scanQuestion, verdict } from "@tessera/contracts";
import { askScan } from "@tessera/core";
import { scannerProcedure } from "../../trpc.ts";

export const askProcedure = scannerProcedure
  .input(scanQuestion)
  .output(verdict)
  .mutation(({ ctx, input }) => askScan(ctx.core, ctx.scanner, input));
