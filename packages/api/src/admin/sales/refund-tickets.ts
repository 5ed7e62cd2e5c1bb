import { adminOrder, refundTicketsInput } from "@tessera/contracts";
import { readAdminOrder, refundTickets } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const refundTicketsProcedure = adminProcedure
  .input(refundTicketsInput)
  .output(adminOrder)
  .mutation(async ({ ctx, input }) => {
    await refundTickets(ctx.core, ctx.actor, input);
    return readAdminOrder(ctx.core, input);
  });
