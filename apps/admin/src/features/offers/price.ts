import type { Locale } from "@tessera/contracts";

const most = 1_000_000_00;

/**
 * Reads a price in euros as people type it: `24`, `24,5`, `24.50`, `1 234,50 €`. Gives integer cents, without a float on
 * the way; null for anything else, also for more than two decimals or a sign that could be a thousands separator.
 */
export function parsePrice(text: string): number | null {
  const [, euros, decimals = ""] = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.replaceAll(/[\s€]/g, "")) ?? [];
  if (euros === undefined) return null;
  const cents = Number(euros) * 100 + Number(decimals.padEnd(2, "0"));
  return cents <= most ? cents : null;
}

/** Integer cents as they are typed in a language: `24,50` or `24.50`. */
export function priceText(cents: number, locale: Locale): string {
  const decimals = String(cents % 100).padStart(2, "0");
  return `${Math.floor(cents / 100)}${locale === "fr" ? "," : "."}${decimals}`;
}
