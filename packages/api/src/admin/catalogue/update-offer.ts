import { updateOfferInput, adminOffer } from "@tessera/contracts";
import { updateOffer } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const updateOfferProcedure = adminProcedure
  .input(updateOfferInput)
  .output(adminOffer)
  .mutation(({ ctx, input }) => updateOffer(ctx.core, ctx.actor, input));
