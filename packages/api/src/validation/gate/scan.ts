import { scanInput, verdict } from "@tessera/contracts";
import { scanCode } from "@tessera/core";
import { staffProcedure } from "../../trpc.ts";

export const scanProcedure = staffProcedure
  .input(scanInput)
  .output(verdict)
  .mutation(({ ctx, input }) => scanCode(ctx.core, ctx.actor, input));
