import { pendingEmailChange } from "@tessera/contracts";
import { readPendingEmailChange } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const pendingChangeProcedure = signedInProcedure
  .output(pendingEmailChange)
  .query(({ ctx }) => readPendingEmailChange(ctx.core, ctx.actor));
