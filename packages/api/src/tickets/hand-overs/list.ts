import { handOvers } from "@tessera/contracts";
import { listHandOvers } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const listHandOversProcedure = visitorProcedure
  .output(handOvers)
  .query(({ ctx }) => listHandOvers(ctx.core, ctx.actor));
