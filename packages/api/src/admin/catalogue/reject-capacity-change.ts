import { capacityChangeIdInput, capacityChange } from "@tessera/contracts";
import { rejectCapacityChange } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const rejectCapacityChangeProcedure = adminProcedure
  .input(capacityChangeIdInput)
  .output(capacityChange)
  .mutation(({ ctx, input }) => rejectCapacityChange(ctx.core, ctx.actor, input));
