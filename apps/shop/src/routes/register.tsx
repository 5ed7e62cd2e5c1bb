import { Navigate } from "@tanstack/react-router";
import { AccountGate, usePageTitle } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** Where mails send somebody without an account; who has one by then is on its page. */
export function RegisterPage(): ReactNode {
  const t = useTranslations("account.register");
  usePageTitle(t("title"));
  return (
    <AccountGate first="register">
      <Navigate to="/account" replace />
    </AccountGate>
  );
}
