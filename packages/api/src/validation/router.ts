import { router } from "../trpc.ts";
import { competitionSessionsProcedure } from "./gate/competition-sessions.ts";
import { listPartProcedure } from "./gate/list-part.ts";
import { scanProcedure } from "./gate/scan.ts";

export const validationRouter = router({
  gate: router({
    competitionSessions: competitionSessionsProcedure,
    listPart: listPartProcedure,
    scan: scanProcedure,
  }),
});
