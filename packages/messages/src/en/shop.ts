import type { shop as french } from "../fr/shop.ts";
import type { Translation } from "../translation.ts";

export const shop: Translation<typeof french> = {
  title: "Tickets",
  tagline: "Tickets that nobody can copy.",
};
