import { useMutation, type UseMutationResult } from "@tanstack/react-query";
import type { AppRouter } from "@tessera/client";
import type { Locale } from "@tessera/contracts";
import type { TRPCClientErrorLike } from "@trpc/client";
import { useAuthState, useRefreshAuth } from "../account/use-auth.ts";
import { useLocaleSwitch } from "../app/LocaleProvider.tsx";
import { useTRPC } from "../app/trpc.ts";

type AccountLocale = {
  /** Changes the language of the pages, and that of the mails of whoever is signed in. */
  readonly change: (locale: Locale) => void;
  /** The words of the new language are on their way; the page still shows the old one. */
  readonly switching: boolean;
  /** How the mails' language fares. */
  readonly saving: UseMutationResult<unknown, TRPCClientErrorLike<AppRouter>, { locale: Locale }>;
};

/** One language for the pages on this device and for the mails of the account. */
export function useAccountLocale(): AccountLocale {
  const trpc = useTRPC();
  const { data: auth } = useAuthState();
  const refreshAuth = useRefreshAuth();
  const { setLocale, switching } = useLocaleSwitch();
  const saving = useMutation(trpc.auth.accounts.setLocale.mutationOptions({ onSuccess: refreshAuth }));
  return {
    change: (locale) => {
      setLocale(locale);
      if (auth?.state === "signed_in" && auth.account.locale !== locale) saving.mutate({ locale });
    },
    switching,
    saving,
  };
}
