import { offersInput, offersPage } from "@tessera/contracts";
import { listOffers } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const offersProcedure = adminProcedure
  .input(offersInput)
  .output(offersPage)
  .query(({ ctx, input }) => listOffers(ctx.core, input));
