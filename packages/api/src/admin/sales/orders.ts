import { ordersPage, ordersSearch } from "@tessera/contracts";
import { searchOrders } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const ordersProcedure = adminProcedure
  .input(ordersSearch)
  .output(ordersPage)
  .query(({ ctx, input }) => searchOrders(ctx.core, input));
