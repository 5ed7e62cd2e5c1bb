import { activationChallengesInput, activationChallenges } from "@tessera/contracts";
import { createActivationChallenges } from "@tessera/core";
import { steppedUpVisitorProcedure } from "../../trpc.ts";

export const activationChallengesProcedure = steppedUpVisitorProcedure
  .input(activationChallengesInput)
  .output(activationChallenges)
  .mutation(({ ctx, input }) => createActivationChallenges(ctx.core, ctx.actor, input));
