import { createOfferInput, adminOffer } from "@tessera/contracts";
import { createOffer } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const createOfferProcedure = adminProcedure
  .input(createOfferInput)
  .output(adminOffer)
  .mutation(({ ctx, input }) => createOffer(ctx.core, ctx.actor, input));
