import { done, renamePasskeyInput } from "@tessera/contracts";
import { renamePasskey } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const renamePasskeyProcedure = signedInProcedure
  .input(renamePasskeyInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await renamePasskey(ctx.core, ctx.standing, input);
    return { done: true as const };
  });
