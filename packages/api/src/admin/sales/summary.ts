import { salesSummary } from "@tessera/contracts";
import { readSalesSummary } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const summaryProcedure = adminProcedure.output(salesSummary).query(({ ctx }) => readSalesSummary(ctx.core));
