import { offerChangeInput, adminOffer } from "@tessera/contracts";
import { withdrawOffer } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const withdrawOfferProcedure = adminProcedure
  .input(offerChangeInput)
  .output(adminOffer)
  .mutation(({ ctx, input }) => withdrawOffer(ctx.core, ctx.actor, input));
