import { adminCompetitionSession, changeHandOverInput } from "@tessera/contracts";
import { changeHandOver, readAdminCompetitionSession } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const changeHandOverProcedure = adminProcedure
  .input(changeHandOverInput)
  .output(adminCompetitionSession)
  .mutation(async ({ ctx, input }) => {
    await changeHandOver(ctx.core, ctx.actor, input);
    return readAdminCompetitionSession(ctx.core, input);
  });
