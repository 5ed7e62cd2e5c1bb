import { done, nameCompanionInput } from "@tessera/contracts";
import { nameCompanion } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const nameCompanionProcedure = visitorProcedure
  .input(nameCompanionInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await nameCompanion(ctx.core, ctx.actor, input);
    return { done: true as const };
  });
