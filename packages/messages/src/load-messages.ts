import type { Locale } from "@tessera/contracts";
import type { fr } from "./fr.ts";
import type { Translation } from "./translation.ts";

/** All words of one language, by namespace. The French sentences are its literal type, so that use-intl can check keys and ICU arguments. */
export type Messages = typeof fr;

const loaders: Record<Locale, () => Promise<Translation<Messages>>> = {
  fr: async () => (await import("./fr.ts")).fr,
  en: async () => (await import("./en.ts")).en,
};

/**
 * Loads the words of one language; a page that asks for one never downloads the other.
 *
 * @param locale the language to load
 * @returns its messages in ICU MessageFormat, by namespace
 */
export async function loadMessages(locale: Locale): Promise<Messages> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test holds both languages to the same keys and arguments, which is all that the literal types stand for
  return (await loaders[locale]()) as Messages;
}
