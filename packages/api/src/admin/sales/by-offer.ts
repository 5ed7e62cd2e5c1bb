import { salesInput, salesByOffer } from "@tessera/contracts";
import { listSalesByOffer } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const byOfferProcedure = adminProcedure
  .input(salesInput)
  .output(salesByOffer)
  .query(({ ctx, input }) => listSalesByOffer(ctx.core, input));
