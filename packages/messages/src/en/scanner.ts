import type { scanner as french } from "../fr/scanner.ts";
import type { Translation } from "../translation.ts";

export const scanner: Translation<typeof french> = {
  title: "Gate",
  tagline: "Scan a ticket.",
};
