import { startPaymentInput, startedPayment } from "@tessera/contracts";
import { startPayment } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const startPaymentProcedure = visitorProcedure
  .input(startPaymentInput)
  .output(startedPayment)
  .mutation(({ ctx, input }) => startPayment(ctx.core, ctx.actor, input, ctx.requester));
