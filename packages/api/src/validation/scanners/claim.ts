import { claimedScanner, claimScannerInput } from "@tessera/contracts";
import { claimScanner } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const claimProcedure = publicProcedure
  .input(claimScannerInput)
  .output(claimedScanner)
  .mutation(({ ctx, input }) => claimScanner(ctx.core, input, ctx.requester));
