import { done, registrationCodeInput } from "@tessera/contracts";
import { checkRegistrationCode } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const checkCodeProcedure = publicProcedure
  .input(registrationCodeInput)
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await checkRegistrationCode(ctx.core, input, ctx.requester);
    return { done: true as const };
  });
