import { done } from "@tessera/contracts";
import { endOtherAuthSessions } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const endOtherAuthSessionsProcedure = signedInProcedure.output(done).mutation(async ({ ctx }) => {
  await endOtherAuthSessions(ctx.core, ctx.standing);
  return { done: true as const };
});
