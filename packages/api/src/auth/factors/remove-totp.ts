import { done } from "@tessera/contracts";
import { removeTotp } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const removeTotpProcedure = signedInProcedure.output(done).mutation(async ({ ctx }) => {
  await removeTotp(ctx.core, ctx.standing);
  return { done: true as const };
});
