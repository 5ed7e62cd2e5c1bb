import { inviteScannerInput, scannerInvitation } from "@tessera/contracts";
import { enrolmentLink, inviteScanner } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const inviteProcedure = supervisorProcedure
  .input(inviteScannerInput)
  .output(scannerInvitation)
  .mutation(async ({ ctx, input }) => {
    const invitation = await inviteScanner(ctx.core, ctx.actor, input);
    return { ...invitation, link: enrolmentLink(ctx.core.policy, ctx.requester, invitation.code) };
  });
