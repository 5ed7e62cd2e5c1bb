import { seatPoolsInput, seatPools } from "@tessera/contracts";
import { listSeatPools } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const seatPoolsProcedure = adminProcedure
  .input(seatPoolsInput)
  .output(seatPools)
  .query(({ ctx, input }) => listSeatPools(ctx.core, input));
