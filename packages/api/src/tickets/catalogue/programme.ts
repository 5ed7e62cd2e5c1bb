import { programme } from "@tessera/contracts";
import { readProgramme } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const programmeProcedure = publicProcedure.output(programme).query(({ ctx }) => readProgramme(ctx.core));
