import { activateInput, activatedPasses } from "@tessera/contracts";
import { activateTickets } from "@tessera/core";
import { steppedUpVisitorProcedure } from "../../trpc.ts";

export const activateProcedure = steppedUpVisitorProcedure
  .input(activateInput)
  .output(activatedPasses)
  .mutation(({ ctx, input }) => activateTickets(ctx.core, ctx.actor, input));
