import { totpEnrolment } from "@tessera/contracts";
import { beginTotpEnrolment } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const beginTotpEnrolmentProcedure = accountProcedure
  .output(totpEnrolment)
  .mutation(({ ctx }) => beginTotpEnrolment(ctx.core, ctx.standing));
