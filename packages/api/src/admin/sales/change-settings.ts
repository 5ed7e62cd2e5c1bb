import { changeSettingsInput, salesSettings } from "@tessera/contracts";
import { changeSalesSettings } from "@tessera/core";
import { adminProcedure } from "../../trpc.ts";

export const changeSettingsProcedure = adminProcedure
  .input(changeSettingsInput)
  .output(salesSettings)
  .mutation(({ ctx, input }) => changeSalesSettings(ctx.core, ctx.actor, input));
