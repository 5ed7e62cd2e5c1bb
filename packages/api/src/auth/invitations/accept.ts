import { acceptInvitationInput, authState } from "@tessera/contracts";
import { acceptInvitation } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const acceptProcedure = publicProcedure
  .input(acceptInvitationInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { core, audience, requester } = ctx;
    const { authSession, standing } = await acceptInvitation(core, { ...input, audience }, requester, await ctx.auth());
    ctx.setAuthSession(authSession);
    return standing;
  });
