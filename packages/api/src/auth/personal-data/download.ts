import { accountData } from "@tessera/contracts";
import { downloadAccountData } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

/** A mutation: it is written down, and no cache may keep it. */
export const downloadProcedure = visitorProcedure
  .output(accountData)
  .mutation(({ ctx }) => downloadAccountData(ctx.core, ctx.standing));
