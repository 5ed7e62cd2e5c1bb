import { serverTime } from "@tessera/contracts";
import { readServerTime } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const serverTimeProcedure = publicProcedure.output(serverTime).query(({ ctx }) => readServerTime(ctx.core));
