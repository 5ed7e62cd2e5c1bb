import { ticketsInput, tickets } from "@tessera/contracts";
import { listTickets } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const mineProcedure = visitorProcedure
  .input(ticketsInput)
  .output(tickets)
  .query(({ ctx, input }) => listTickets(ctx.core, ctx.actor, input));
