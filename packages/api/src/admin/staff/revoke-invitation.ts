import { done, invitationIdInput } from "@tessera/contracts";
import { revokeInvitation } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const revokeInvitationProcedure = adminProcedure
  .input(invitationIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await revokeInvitation(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
