import { closeIncidentInput, done } from "@tessera/contracts";
import { closeIncident } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const closeIncidentProcedure = supervisorProcedure
  .input(closeIncidentInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await closeIncident(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
