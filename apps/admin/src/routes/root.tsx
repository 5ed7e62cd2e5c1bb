import { Link, Outlet, useMatches } from "@tanstack/react-router";
import { AccountGate, AccountMenu, LoadingState, PageShell, useAuthState, usePageTitle } from "@tessera/ui";
import { type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { AdminOnly } from "../shared/AdminOnly.tsx";
import { WaitingCount } from "../shared/WaitingCount.tsx";

/** Mails lead there, and who follows them need not be signed in. */
const openPages: readonly string[] = ["/link/$kind", "/forgotten-password"];

/** What stands around every page. Nothing else is shown to who is not signed in as an admin. */
export function RootLayout(): ReactNode {
  const t = useTranslations("admin");
  const { data: auth } = useAuthState();
  const isOpen = useMatches({ select: (matches) => matches.some(({ routeId }) => openPages.includes(routeId)) });
  const isAdmin = auth?.state === "signed_in" && auth.account.role === "admin";
  return (
    <PageShell
      title={t("title")}
      renderHome={(props) => <Link to="/" {...props} />}
      navigation={isAdmin ? <Navigation /> : undefined}
      actions={<AccountMenu>{isAdmin && <Link to="/account">{t("nav.account")}</Link>}</AccountMenu>}
    >
      {isOpen ? (
        <OpenedPage />
      ) : (
        <>
          {auth?.state !== "signed_in" && <DoorTitle />}
          <AccountGate>
            <AdminOnly>
              <OpenedPage />
            </AdminOnly>
          </AccountGate>
        </>
      )}
    </PageShell>
  );
}

function OpenedPage(): ReactNode {
  return (
    <Suspense fallback={<LoadingState />}>
      <Outlet />
    </Suspense>
  );
}

function Navigation(): ReactNode {
  const t = useTranslations("admin.nav");
  return (
    <>
      <Link to="/" activeOptions={{ exact: true }}>
        {t("overview")}
      </Link>
      <Link to="/offers" activeOptions={{ includeSearch: false }}>
        {t("offers")}
      </Link>
      <Link to="/capacity" activeOptions={{ includeSearch: false }}>
        {t("capacity")}
        <WaitingCount />
      </Link>
      <Link to="/sales" activeOptions={{ includeSearch: false }}>
        {t("sales")}
      </Link>
      <Link to="/orders" activeOptions={{ includeSearch: false }}>
        {t("orders")}
      </Link>
      <Link to="/staff" activeOptions={{ includeSearch: false }}>
        {t("staff")}
      </Link>
      <Link to="/journal" activeOptions={{ includeSearch: false }}>
        {t("journal")}
      </Link>
    </>
  );
}

/** The tab's name while the way in is on the screen; afterwards each page has its own. */
function DoorTitle(): ReactNode {
  const t = useTranslations("admin");
  usePageTitle(t("title"));
  return null;
}
