import { adminOrder, orderIdInput } from "@tessera/contracts";
import { readAdminOrder } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const orderProcedure = adminProcedure
  .input(orderIdInput)
  .output(adminOrder)
  .query(({ ctx, input }) => readAdminOrder(ctx.core, input));
