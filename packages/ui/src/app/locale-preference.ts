import type { Locale } from "@tessera/contracts";

const storageKey = "tessera.locale";
const fallback: Locale = "fr";

function isLocale(text: string | null): text is Locale {
  return text === "fr" || text === "en";
}

/**
 * The first language of ours among what the device remembers and what the browser asks for; French if there is none.
 *
 * @param remembered what was stored on this device, if anything
 * @param asked BCP 47 tags, the most wanted first
 */
export function chooseLocale(remembered: string | null, asked: readonly string[]): Locale {
  if (isLocale(remembered)) return remembered;
  return asked.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLocale) ?? fallback;
}

export function preferredLocale(): Locale {
  return chooseLocale(stored(), navigator.languages);
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    // Storage can be forbidden; the browser's own preference still stands.
    return null;
  }
}

export function rememberLocale(locale: Locale): void {
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
