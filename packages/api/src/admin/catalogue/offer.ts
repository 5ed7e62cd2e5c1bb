import { adminOffer, offerIdInput } from "@tessera/contracts";
import { readOffer } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const offerProcedure = adminProcedure
  .input(offerIdInput)
  .output(adminOffer)
  .query(({ ctx, input }) => readOffer(ctx.core, input));
