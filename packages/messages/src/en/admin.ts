import type { admin as french } from "../fr/admin.ts";
import type { Translation } from "../translation.ts";

export const admin: Translation<typeof french> = {
  title: "Organisation",
  tagline: "Offers, sales and gates.",
};
