import type { Locale } from "@tessera/contracts";
import type { Messages } from "@tessera/messages";

// Whoever imports this package gets `useTranslations("shop")` with its keys and ICU arguments checked.
declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
