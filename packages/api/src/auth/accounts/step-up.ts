import { authState, totpInput } from "@tessera/contracts";
import { stepUp } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const stepUpProcedure = accountProcedure
  .input(totpInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { authSession, standing } = await stepUp(ctx.core, ctx.standing, input);
    ctx.setAuthSession(authSession);
    return standing;
  });
