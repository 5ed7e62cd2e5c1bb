import { mailTokenInput, openInvitation } from "@tessera/contracts";
import { readInvitation } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

/** A mutation, so that the token stays out of addresses and of what caches them. */
export const readProcedure = publicProcedure
  .input(mailTokenInput)
  .output(openInvitation)
  .mutation(({ ctx, input }) => readInvitation(ctx.core, input));
