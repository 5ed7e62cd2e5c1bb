import { reservation, reserveInput } from "@tessera/contracts";
import { reserveSeats } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const reserveProcedure = visitorProcedure
  .input(reserveInput)
  .output(reservation)
  .mutation(({ ctx, input }) => reserveSeats(ctx.core, ctx.actor, input));
