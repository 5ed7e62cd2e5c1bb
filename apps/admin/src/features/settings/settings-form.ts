import { limitsFit, type Locale, type SalesSettings, salesSettings } from "@tessera/contracts";
import { z } from "zod";
import { hundredthsText, parseHundredths } from "../../shared/hundredths.ts";
import { wholeNumber } from "../../shared/whole-number.ts";

const { taxRateBp, limits } = salesSettings.shape;

/** The rate in percent, as people type it: hundredths of a percent for the API. */
const taxRate = z.string().transform((text, context) => {
  const rate = taxRateBp.safeParse(parseHundredths(text.replaceAll("%", "")));
  if (rate.success) return rate.data;
  context.addIssue({ code: "custom", message: "rate_unreadable" });
  return z.NEVER;
});

/** The form's own schema; what it makes of the answers is what the API takes, which checks again. */
export const settingsForm = z
  .object({
    games: wholeNumber(limits.shape.games),
    competitionSession: wholeNumber(limits.shape.competitionSession),
    ceremony: wholeNumber(limits.shape.ceremony),
    taxRate,
  })
  .refine(limitsFit, { message: "limits_inconsistent", path: ["games"] });

type SettingsValues = z.input<typeof settingsForm>;

/** What the form shows. */
export function valuesOf({ limits: known, taxRateBp: rate }: SalesSettings, locale: Locale): SettingsValues {
  return {
    games: String(known.games),
    competitionSession: String(known.competitionSession),
    ceremony: String(known.ceremony),
    taxRate: hundredthsText(rate, locale),
  };
}

/** What the API takes, from a form that was read. */
export function settingsOf({ taxRate: rate, ...known }: z.output<typeof settingsForm>, version: number): SalesSettings {
  return { limits: known, taxRateBp: rate, version };
}

/** Which of the form's answers differ between what was loaded and what there is now, with both. */
export function changedValues(loaded: SalesSettings, now: SalesSettings, locale: Locale) {
  const [before, after] = [valuesOf(loaded, locale), valuesOf(now, locale)];
  return (["games", "competitionSession", "ceremony", "taxRate"] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, before: before[field], after: after[field] }));
}
