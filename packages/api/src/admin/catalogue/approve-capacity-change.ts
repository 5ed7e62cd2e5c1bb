import { capacityChangeIdInput, capacityChange } from "@tessera/contracts";
import { approveCapacityChange } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const approveCapacityChangeProcedure = adminProcedure
  .input(capacityChangeIdInput)
  .output(capacityChange)
  .mutation(({ ctx, input }) => approveCapacityChange(ctx.core, ctx.actor, input));
