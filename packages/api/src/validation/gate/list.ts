import { listInput, list } from "@tessera/contracts";
import { readList } from "@tessera/core";
import { staffProcedure } from "../../trpc.ts";

export const listProcedure = staffProcedure
  .input(listInput)
  .output(list)
  .query(({ ctx, input }) => readList(ctx.core, input));
