import { webauthnOptions } from "@tessera/contracts";
import { beginPasskeyEnrolment } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const beginPasskeyEnrolmentProcedure = accountProcedure
  .output(webauthnOptions)
  .mutation(({ ctx }) => beginPasskeyEnrolment(ctx.core, ctx.standing, ctx.requester));
