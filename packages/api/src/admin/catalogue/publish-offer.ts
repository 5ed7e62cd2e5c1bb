import { offerChangeInput, adminOffer } from "@tessera/contracts";
import { publishOffer } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const publishOfferProcedure = adminProcedure
  .input(offerChangeInput)
  .output(adminOffer)
  .mutation(({ ctx, input }) => publishOffer(ctx.core, ctx.actor, input));
