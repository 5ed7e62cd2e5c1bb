import { Link, Outlet, useMatches } from "@tanstack/react-router";
import { AccountGate, AccountMenu, LoadingState, PageShell, useAuthState } from "@tessera/ui";
import { type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";

/** Mails lead there, and who follows them need not be signed in. */
const openPages: readonly string[] = ["/link/$kind", "/forgotten-password"];

/** What stands around every page. At the gate nothing does: the whole screen is the verdict's. */
export function RootLayout(): ReactNode {
  const t = useTranslations("scanner");
  const security = useTranslations("security");
  const { data: auth } = useAuthState();
  const page = useMatches({ select: (matches) => matches.at(-1)?.routeId });
  const atGate = page === "/$competitionSessionId/$gateId" && auth?.state === "signed_in";
  const opened = (
    <Suspense fallback={<LoadingState />}>
      <Outlet />
    </Suspense>
  );
  return (
    <PageShell
      title={t("title")}
      renderHome={(props) => <Link to="/" {...props} />}
      actions={
        <AccountMenu>{auth?.state === "signed_in" && <Link to="/account">{security("title")}</Link>}</AccountMenu>
      }
      bare={atGate}
    >
      {page !== undefined && openPages.includes(page) ? opened : <AccountGate>{opened}</AccountGate>}
    </PageShell>
  );
}
