import { authState } from "@tessera/contracts";
import { viewStanding } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const meProcedure = publicProcedure.output(authState).query(async ({ ctx }) => viewStanding(await ctx.auth()));
