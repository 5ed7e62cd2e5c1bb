import { competitionSessionInput, competitionSessionDetail } from "@tessera/contracts";
import { readCompetitionSession } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const competitionSessionProcedure = publicProcedure
  .input(competitionSessionInput)
  .output(competitionSessionDetail)
  .query(({ ctx, input }) => readCompetitionSession(ctx.core, input));
