import { scannerChoices } from "@tessera/contracts";
import { listScannerChoices } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const choicesProcedure = supervisorProcedure
  .output(scannerChoices)
  .query(({ ctx }) => listScannerChoices(ctx.core));
