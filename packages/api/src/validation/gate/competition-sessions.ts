import { gateCompetitionSessions } from "@tessera/contracts";
import { listGateCompetitionSessions } from "@tessera/core";
import { staffProcedure } from "../../trpc.ts";

export const competitionSessionsProcedure = staffProcedure
  .output(gateCompetitionSessions)
  .query(({ ctx }) => listGateCompetitionSessions(ctx.core));
