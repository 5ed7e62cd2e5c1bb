import { adminOrder, refundIdInput } from "@tessera/contracts";
import { readAdminOrder, retryRefund } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const retryRefundProcedure = adminProcedure
  .input(refundIdInput)
  .output(adminOrder)
  .mutation(async ({ ctx, input }) => readAdminOrder(ctx.core, await retryRefund(ctx.core, ctx.actor, input)));
