import { gateCompetitionSessions } from "@tessera/contracts";
import { listGateCompetitionSessions } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const gateCompetitionSessionsProcedure = supervisorProcedure
  .output(gateCompetitionSessions)
  .query(({ ctx }) => listGateCompetitionSessions(ctx.core));
