import { adminOrder, ticketIdInput } from "@tessera/contracts";
import { unblockTicket, readAdminOrder } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const unblockProcedure = adminProcedure
  .input(ticketIdInput)
  .output(adminOrder)
  .mutation(async ({ ctx, input }) => readAdminOrder(ctx.core, await unblockTicket(ctx.core, ctx.actor, input)));
