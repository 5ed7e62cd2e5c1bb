import { authState } from "@tessera/contracts";
import { signOut } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const signOutProcedure = publicProcedure.output(authState).mutation(async ({ ctx }) => {
  await signOut(ctx.core, await ctx.auth());
  ctx.setAuthSession(null);
  return { state: "signed_out" as const };
});
