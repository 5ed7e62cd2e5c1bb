import { accountView, localeInput } from "@tessera/contracts";
import { setLocale } from "@tessera/core";
import { signedInProcedure } from "../../trpc.ts";

export const setLocaleProcedure = signedInProcedure
  .input(localeInput)
  .output(accountView)
  .mutation(({ ctx, input }) => setLocale(ctx.core, ctx.actor, input));
