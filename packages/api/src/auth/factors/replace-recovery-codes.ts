import { recoveryCodes } from "@tessera/contracts";
import { replaceRecoveryCodes } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const replaceRecoveryCodesProcedure = signedInProcedure
  .output(recoveryCodes)
  .mutation(({ ctx }) => replaceRecoveryCodes(ctx.core, ctx.standing));
