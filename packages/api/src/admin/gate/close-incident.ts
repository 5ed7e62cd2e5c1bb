import { closeIncidentInput, incident } from "@tessera/contracts";
import { closeIncident, readIncident } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const closeIncidentProcedure = supervisorProcedure
  .input(closeIncidentInput)
  .output(incident)
  .mutation(async ({ ctx, input }) => {
    await closeIncident(ctx.core, ctx.actor, input);
    return readIncident(ctx.core, input);
  });
