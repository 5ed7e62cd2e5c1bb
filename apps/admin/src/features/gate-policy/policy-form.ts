import { type GatePolicySettings, gatePolicy } from "@tessera/contracts";
import { z } from "zod";

const longest = 1440;

/** The rules as people set them: the age in whole minutes. */
export const policyForm = gatePolicy.omit({ maxListAgeSeconds: true }).extend({
  minutes: z
    .string()
    .trim()
    .transform(Number)
    .refine((minutes) => Number.isInteger(minutes) && minutes >= 1 && minutes <= longest, "minutes_unreadable"),
});

export const valuesOf = ({ maxListAgeSeconds, ...policy }: GatePolicySettings): z.input<typeof policyForm> => ({
  reentry: policy.reentry,
  offlineAdmission: policy.offlineAdmission,
  listTooOld: policy.listTooOld,
  minutes: String(Math.max(1, Math.round(maxListAgeSeconds / 60))),
});

export const policyOf = ({ minutes, ...policy }: z.output<typeof policyForm>): GatePolicySettings => ({
  ...policy,
  maxListAgeSeconds: minutes * 60,
});
