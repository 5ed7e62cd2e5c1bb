import { handOverIdsInput, handOvers } from "@tessera/contracts";
import { takeBackHandOvers } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const takeBackHandOversProcedure = visitorProcedure
  .input(handOverIdsInput)
  .output(handOvers)
  .mutation(({ ctx, input }) => takeBackHandOvers(ctx.core, ctx.actor, input));
