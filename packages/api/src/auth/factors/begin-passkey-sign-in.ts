import { webauthnOptions } from "@tessera/contracts";
import { beginPasskeySignIn } from "@tessera/core";
import { publicProcedure } from "../../trpc.ts";

export const beginPasskeySignInProcedure = publicProcedure
  .output(webauthnOptions)
  .mutation(({ ctx }) => beginPasskeySignIn(ctx.core, ctx.requester));
