import { authSessionIdInput, done } from "@tessera/contracts";
import { endAuthSession } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const endAuthSessionProcedure = signedInProcedure
  .input(authSessionIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await endAuthSession(ctx.core, ctx.standing, input);
    if (input.authSessionId === ctx.standing.authSession.id) ctx.setAuthSession(null);
    return { done: true as const };
  });
