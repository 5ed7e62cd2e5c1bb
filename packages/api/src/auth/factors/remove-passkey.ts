import { done, passkeyIdInput } from "@tessera/contracts";
import { removePasskey } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const removePasskeyProcedure = signedInProcedure
  .input(passkeyIdInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await removePasskey(ctx.core, ctx.standing, input);
    return { done: true as const };
  });
