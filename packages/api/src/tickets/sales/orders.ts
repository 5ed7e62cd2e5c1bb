import { orders } from "@tessera/contracts";
import { listOrders } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const ordersProcedure = visitorProcedure.output(orders).query(({ ctx }) => listOrders(ctx.core, ctx.actor));
