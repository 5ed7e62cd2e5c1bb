import { listPart, listPartInput } from "@tessera/contracts";
import { readListPart } from "@tessera/core";
import { scannerProcedure } from "../../trpc.ts";

export const listPartProcedure = scannerProcedure
  .input(listPartInput)
  .output(listPart)
  .query(({ ctx, input }) => readListPart(ctx.core, ctx.scanner, input));
