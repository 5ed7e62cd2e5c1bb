import { competitionSessionIdInput, gateCounts } from "@tessera/contracts";
import { readGateCounts } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const countsProcedure = supervisorProcedure
  .input(competitionSessionIdInput)
  .output(gateCounts)
  .query(({ ctx, input }) => readGateCounts(ctx.core, input));
