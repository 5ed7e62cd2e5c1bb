import { z } from "zod";

export const locales = ["fr", "en"] as const;
export const locale = z.enum(locales);
export type Locale = z.infer<typeof locale>;
export const defaultLocale: Locale = "fr";
