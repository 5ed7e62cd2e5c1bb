import { authState, changePasswordInput } from "@tessera/contracts";
import { changePassword } from "@tessera/core";
import { accountProcedure } from "../../trpc.ts";

export const changeProcedure = accountProcedure
  .input(changePasswordInput)
  .output(authState)
  .mutation(async ({ ctx, input }) => {
    const { authSession, standing } = await changePassword(ctx.core, ctx.standing, input, ctx.requester);
    ctx.setAuthSession(authSession);
    return standing;
  });
