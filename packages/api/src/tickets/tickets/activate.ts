import { activateInput, activatedPasses } from "@tessera/contracts";
import { activateTickets } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const activateProcedure = visitorProcedure
  .input(activateInput)
  .output(activatedPasses)
  .mutation(({ ctx, input }) => activateTickets(ctx.core, ctx.actor, input));
