import { changeRoleInput, done } from "@tessera/contracts";
import { changeRole } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const changeRoleProcedure = adminProcedure
  .input(changeRoleInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await changeRole(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
