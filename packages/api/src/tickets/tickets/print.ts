import { printedTickets, printInput } from "@tessera/contracts";
import { printTickets } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const printProcedure = visitorProcedure
  .input(printInput)
  .output(printedTickets)
  .mutation(({ ctx, input }) => printTickets(ctx.core, ctx.actor, input));
