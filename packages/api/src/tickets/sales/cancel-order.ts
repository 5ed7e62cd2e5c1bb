import { orderIdInput, order } from "@tessera/contracts";
import { cancelOrder } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const cancelOrderProcedure = visitorProcedure
  .input(orderIdInput)
  .output(order)
  .mutation(({ ctx, input }) => cancelOrder(ctx.core, ctx.actor, input));
