import { orderIdInput, order } from "@tessera/contracts";
import { readOrder } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const orderProcedure = visitorProcedure
  .input(orderIdInput)
  .output(order)
  .query(({ ctx, input }) => readOrder(ctx.core, ctx.actor, input));
