import { uploaded, uploadInput } from "@tessera/contracts";
import { takeRecords } from "@tessera/core";
import { scannerProcedure } from "../../trpc.ts";

export const uploadProcedure = scannerProcedure
  .input(uploadInput)
  .output(uploaded)
  .mutation(({ ctx, input }) => takeRecords(ctx.core, ctx.scanner, input));
