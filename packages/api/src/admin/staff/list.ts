import { staffView } from "@tessera/contracts";
import { listStaff } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const listProcedure = adminProcedure.output(staffView).query(({ ctx }) => listStaff(ctx.core));
