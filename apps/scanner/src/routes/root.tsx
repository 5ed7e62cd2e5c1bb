import { Link, Outlet, useMatchRoute } from "@tanstack/react-router";
import { AccountGate, AccountMenu, LoadingState, PageShell, useAuthState } from "@tessera/ui";
import { type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";

/** What stands around every page. At the gate nothing does: the whole screen is the verdict's. */
export function RootLayout(): ReactNode {
  const t = useTranslations("scanner");
  const security = useTranslations("security");
  const { data: auth } = useAuthState();
  const matchRoute = useMatchRoute();
  const atGate = matchRoute({ to: "/$competitionSessionId/$gateId" }) !== false && auth?.state === "signed_in";
  return (
    <PageShell
      title={t("title")}
      renderHome={(props) => <Link to="/" {...props} />}
      actions={
        <AccountMenu>{auth?.state === "signed_in" && <Link to="/account">{security("title")}</Link>}</AccountMenu>
      }
      bare={atGate}
    >
      <AccountGate>
        <Suspense fallback={<LoadingState />}>
          <Outlet />
        </Suspense>
      </AccountGate>
    </PageShell>
  );
}
