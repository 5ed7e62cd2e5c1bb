import { adminCompetitionSession, competitionSessionIdInput } from "@tessera/contracts";
import { readAdminCompetitionSession } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const competitionSessionProcedure = adminProcedure
  .input(competitionSessionIdInput)
  .output(adminCompetitionSession)
  .query(({ ctx, input }) => readAdminCompetitionSession(ctx.core, input));
