import { salesSettings } from "@tessera/contracts";
import { readSalesSettings } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const settingsProcedure = adminProcedure.output(salesSettings).query(({ ctx }) => readSalesSettings(ctx.core));
