import { parseHundredths } from "../../shared/hundredths.ts";

const most = 1_000_000_00;

/** Reads a price in euros as people type it, also `1 234,50 €`. Gives integer cents; null for what is none. */
export function parsePrice(text: string): number | null {
  const cents = parseHundredths(text.replaceAll("€", ""));
  return cents !== null && cents <= most ? cents : null;
}
