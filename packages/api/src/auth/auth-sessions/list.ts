import { authSessionView } from "@tessera/contracts";
import { listAuthSessions } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const listAuthSessionsProcedure = signedInProcedure
  .output(authSessionView.array())
  .query(({ ctx }) => listAuthSessions(ctx.core, ctx.standing));
