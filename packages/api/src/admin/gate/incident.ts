import { incident, incidentIdInput } from "@tessera/contracts";
import { readIncident } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const incidentProcedure = supervisorProcedure
  .input(incidentIdInput)
  .output(incident)
  .query(({ ctx, input }) => readIncident(ctx.core, input));
