import { beginRegistrationInput, registrationBegun } from "@tessera/contracts";
import { beginRegistration } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const beginProcedure = publicProcedure
  .input(beginRegistrationInput)
  .output(registrationBegun)
  .mutation(({ ctx, input }) => beginRegistration(ctx.core, input, ctx.requester));
