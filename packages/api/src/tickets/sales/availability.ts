import { availabilityInput, exactAvailability } from "@tessera/contracts";
import { readAvailability } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const availabilityProcedure = visitorProcedure
  .input(availabilityInput)
  .output(exactAvailability)
  .query(({ ctx, input }) => readAvailability(ctx.core, input));
