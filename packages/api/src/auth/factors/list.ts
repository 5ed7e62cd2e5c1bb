import { factorsView } from "@tessera/contracts";
import { listFactors } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const listFactorsProcedure = signedInProcedure
  .output(factorsView)
  .query(({ ctx }) => listFactors(ctx.core, ctx.standing));
