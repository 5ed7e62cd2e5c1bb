import type { Locale } from "@tessera/contracts";

/**
 * Reads a decimal number as people type it, `24`, `24,5` or `24.50`, without a float on the way. Gives it in integer
 * hundredths; null for anything else, also for more than two decimals or a sign that could be a thousands separator.
 */
export function parseHundredths(text: string): number | null {
  const [, whole, decimals = ""] = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.replaceAll(/\s/g, "")) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(decimals.padEnd(2, "0"));
}

/** Integer hundredths as they are typed in a language: `24,50` or `24.50`. */
export function hundredthsText(hundredths: number, locale: Locale): string {
  const decimals = String(hundredths % 100).padStart(2, "0");
  return `${Math.floor(hundredths / 100)}${locale === "fr" ? "," : "."}${decimals}`;
}
