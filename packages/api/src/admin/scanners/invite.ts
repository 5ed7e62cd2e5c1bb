import { inviteScannerInput, scannerInvitation } from "@tessera/contracts";
import { inviteScanner } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const inviteProcedure = supervisorProcedure
  .input(inviteScannerInput)
  .output(scannerInvitation)
  .mutation(({ ctx, input }) => inviteScanner(ctx.core, ctx.actor, input));
