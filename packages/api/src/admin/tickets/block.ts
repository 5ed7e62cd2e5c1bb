import { adminOrder, blockTicketInput } from "@tessera/contracts";
import { blockTicket, readAdminOrder } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const blockProcedure = adminProcedure
  .input(blockTicketInput)
  .output(adminOrder)
  .mutation(async ({ ctx, input }) => readAdminOrder(ctx.core, await blockTicket(ctx.core, ctx.actor, input)));
