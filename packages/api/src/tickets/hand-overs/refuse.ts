import { handOverIdsInput, handOvers } from "@tessera/contracts";
import { refuseHandOvers } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const refuseHandOversProcedure = visitorProcedure
  .input(handOverIdsInput)
  .output(handOvers)
  .mutation(({ ctx, input }) => refuseHandOvers(ctx.core, ctx.actor, input));
