import { auditPage, auditQuery } from "@tessera/contracts";
import { listAuditEntries } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const entriesProcedure = adminProcedure
  .input(auditQuery)
  .output(auditPage)
  .query(({ ctx, input }) => listAuditEntries(ctx.core, input));
