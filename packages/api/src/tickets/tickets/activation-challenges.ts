import { activationChallengesInput, activationChallenges } from "@tessera/contracts";
import { createActivationChallenges } from "@tessera/core";
import { visitorProcedure } from "../../trpc.ts";

export const activationChallengesProcedure = visitorProcedure
  .input(activationChallengesInput)
  .output(activationChallenges)
  .mutation(({ ctx, input }) => createActivationChallenges(ctx.core, ctx.actor, input));
