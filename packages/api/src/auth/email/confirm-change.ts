import { emailChangeStanding, mailTokenInput } from "@tessera/contracts";
import { confirmEmailChange } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const confirmChangeProcedure = publicProcedure
  .input(mailTokenInput)
  .output(emailChangeStanding)
  .mutation(async ({ ctx, input }) => confirmEmailChange(ctx.core, input, await ctx.auth()));
