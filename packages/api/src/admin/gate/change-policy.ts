import { changeGatePolicyInput, gatePolicyView } from "@tessera/contracts";
import { changeGatePolicy, readGatePolicy } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const changePolicyProcedure = adminProcedure
  .input(changeGatePolicyInput)
  .output(gatePolicyView)
  .mutation(async ({ ctx, input }) => {
    await changeGatePolicy(ctx.core, ctx.actor, input);
    return readGatePolicy(ctx.core, input);
  });
