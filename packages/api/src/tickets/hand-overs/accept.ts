import { handOverIdsInput, handOvers } from "@tessera/contracts";
import { acceptHandOvers } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const acceptHandOversProcedure = visitorProcedure
  .input(handOverIdsInput)
  .output(handOvers)
  .mutation(({ ctx, input }) => acceptHandOvers(ctx.core, ctx.actor, input));
