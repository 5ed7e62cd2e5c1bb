import { webauthnOptions } from "@tessera/contracts";
import { beginPasskeyVerification } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const beginPasskeyVerificationProcedure = accountProcedure
  .output(webauthnOptions)
  .mutation(({ ctx }) => beginPasskeyVerification(ctx.core, ctx.standing, ctx.requester));
