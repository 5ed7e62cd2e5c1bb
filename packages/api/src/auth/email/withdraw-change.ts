import { done } from "@tessera/contracts";
import { withdrawEmailChange } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const withdrawChangeProcedure = signedInProcedure.output(done).mutation(async ({ ctx }) => {
  await withdrawEmailChange(ctx.core, ctx.actor);
  return { done: true as const };
});
