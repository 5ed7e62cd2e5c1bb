import { salesInput, salesByCompetitionSession } from "@tessera/contracts";
import { listSalesByCompetitionSession } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const byCompetitionSessionProcedure = adminProcedure
  .input(salesInput)
  .output(salesByCompetitionSession)
  .query(({ ctx, input }) => listSalesByCompetitionSession(ctx.core, input));
