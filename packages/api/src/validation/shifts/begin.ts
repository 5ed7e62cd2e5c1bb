import { shift } from "@tessera/contracts";
import { beginShift } from "@tessera/core";
import { staffOnScannerProcedure } from "../../trpc.ts";

export const beginProcedure = staffOnScannerProcedure.output(shift).mutation(async ({ ctx }) => {
  const begun = await beginShift(ctx.core, ctx.standing, ctx.scanner);
  ctx.setAuthSession(null);
  return begun;
});
