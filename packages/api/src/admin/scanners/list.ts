import { scannerViews } from "@tessera/contracts";
import { listScanners } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const listProcedure = supervisorProcedure.output(scannerViews).query(({ ctx }) => listScanners(ctx.core));
