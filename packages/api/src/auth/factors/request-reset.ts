import { factorResetRequested } from "@tessera/contracts";
import { requestFactorReset } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const requestFactorResetProcedure = accountProcedure
  .output(factorResetRequested)
  .mutation(({ ctx }) => requestFactorReset(ctx.core, ctx.standing));
