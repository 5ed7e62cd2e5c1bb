import { handOvers, offerHandOversInput } from "@tessera/contracts";
import { offerHandOvers } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const offerHandOversProcedure = visitorProcedure
  .input(offerHandOversInput)
  .output(handOvers)
  .mutation(({ ctx, input }) => offerHandOvers(ctx.core, ctx.actor, input, ctx.requester));
