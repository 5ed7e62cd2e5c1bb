import { router } from "../trpc.ts";
import { competitionSessionsProcedure } from "./gate/competition-sessions.ts";
import { listKeysProcedure } from "./gate/list-keys.ts";
import { listProcedure } from "./gate/list.ts";
import { scanProcedure } from "./gate/scan.ts";

export const validationRouter = router({
  gate: router({
    competitionSessions: competitionSessionsProcedure,
    list: listProcedure,
    listKeys: listKeysProcedure,
    scan: scanProcedure,
  }),
});
