import { incidents, incidentsInput } from "@tessera/contracts";
import { listIncidents } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const incidentsProcedure = supervisorProcedure
  .input(incidentsInput)
  .output(incidents)
  .query(({ ctx, input }) => listIncidents(ctx.core, input));
