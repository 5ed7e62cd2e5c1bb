import { deleteAccountInput, done } from "@tessera/contracts";
import { deleteAccount } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const deleteAccountProcedure = visitorProcedure
  .input(deleteAccountInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await deleteAccount(ctx.core, ctx.actor, input);
    ctx.setAuthSession(null);
    return { done: true as const };
  });
