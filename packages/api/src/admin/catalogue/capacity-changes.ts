import { capacityChanges } from "@tessera/contracts";
import { listCapacityChanges } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const capacityChangesProcedure = adminProcedure
  .output(capacityChanges)
  .query(({ ctx }) => listCapacityChanges(ctx.core));
