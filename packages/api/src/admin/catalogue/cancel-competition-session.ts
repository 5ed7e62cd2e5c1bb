import { adminCompetitionSession, cancelCompetitionSessionInput } from "@tessera/contracts";
import { cancelCompetitionSession, readAdminCompetitionSession } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const cancelCompetitionSessionProcedure = adminProcedure
  .input(cancelCompetitionSessionInput)
  .output(adminCompetitionSession)
  .mutation(async ({ ctx, input }) => {
    await cancelCompetitionSession(ctx.core, ctx.actor, input);
    return readAdminCompetitionSession(ctx.core, input);
  });
