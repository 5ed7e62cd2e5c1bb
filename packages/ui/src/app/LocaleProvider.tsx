import type { Locale } from "@tessera/contracts";
import { loadMessages, type Messages } from "@tessera/messages";
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useTransition } from "react";
import { IntlProvider } from "use-intl";
import { preferredLocale, rememberLocale } from "./locale-preference.ts";

// Whoever imports this package gets `useTranslations("shop")` with its keys and ICU arguments checked.
declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

type LocaleSwitch = {
  /** Changes the language of the page and remembers it on this device. */
  readonly setLocale: (locale: Locale) => void;
  /** The words of the new language are on their way; the page still shows the old one. */
  readonly switching: boolean;
};

const LocaleSwitchContext = createContext<LocaleSwitch | null>(null);

const loading = new Map<Locale, Promise<Messages>>();

function messagesOf(locale: Locale): Promise<Messages> {
  const known = loading.get(locale);
  if (known !== undefined) return known;
  const started = loadMessages(locale);
  loading.set(locale, started);
  // A load that failed (no network) must be tried anew, not remembered.
  started.catch(() => loading.delete(locale));
  return started;
}

/** Gives the page its language: the remembered one, else the browser's, else French. Suspends while words load. */
export function LocaleProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [locale, setLocaleState] = useState(preferredLocale);
  const [switching, startSwitching] = useTransition();
  const messages = use(messagesOf(locale));

  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);

  const localeSwitch = useMemo(
    () => ({
      switching,
      setLocale: (next: Locale) => {
        rememberLocale(next);
        startSwitching(() => setLocaleState(next));
      },
    }),
    [switching],
  );

  return (
    <LocaleSwitchContext value={localeSwitch}>
      <IntlProvider locale={locale} messages={messages} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
        {children}
      </IntlProvider>
    </LocaleSwitchContext>
  );
}

/** To change the language; `useLocale` of use-intl says which it is. */
export function useLocaleSwitch(): LocaleSwitch {
  const value = use(LocaleSwitchContext);
  if (value === null) throw new Error("useLocaleSwitch needs a LocaleProvider above it");
  return value;
}
