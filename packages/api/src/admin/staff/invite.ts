import { done, inviteInput } from "@tessera/contracts";
import { inviteEmployee } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const inviteProcedure = adminProcedure
  .input(inviteInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await inviteEmployee(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
