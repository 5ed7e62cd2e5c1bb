import { changeCapacityInput, capacityChange } from "@tessera/contracts";
import { changeCapacity } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const changeCapacityProcedure = adminProcedure
  .input(changeCapacityInput)
  .output(capacityChange)
  .mutation(({ ctx, input }) => changeCapacity(ctx.core, ctx.actor, input));
