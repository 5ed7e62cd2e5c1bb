import { listKeys } from "@tessera/contracts";
import { readListKeys } from "@tessera/core";
import { staffProcedure } from "../../trpc.ts";

export const listKeysProcedure = staffProcedure.output(listKeys).query(({ ctx }) => readListKeys(ctx.core));
