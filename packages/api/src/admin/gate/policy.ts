import { competitionSessionIdInput, gatePolicyView } from "@tessera/contracts";
import { readGatePolicy } from "@tessera/core";
import { supervisorProcedure } from "../../trpc.ts";

export const policyProcedure = supervisorProcedure
  .input(competitionSessionIdInput)
  .output(gatePolicyView)
  .query(({ ctx, input }) => readGatePolicy(ctx.core, input));
