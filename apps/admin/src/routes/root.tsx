import { Link, Outlet, useMatches } from "@tanstack/react-router";
import { AccountGate, AccountMenu, LoadingState, PageShell, useAuthState, usePageTitle } from "@tessera/ui";
import { type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { GateLinks } from "../shared/GateTabs.tsx";
import { OnlyFor } from "../shared/OnlyFor.tsx";
import { OpenIncidents } from "../shared/OpenIncidents.tsx";
import { WaitingCount } from "../shared/WaitingCount.tsx";

/** Mails lead there, and who follows them need not be signed in. */
const openPages: readonly string[] = ["/link/$kind", "/forgotten-password"];
/** Besides those of the gates; the home page leads there. */
const supervisorPages: readonly string[] = ["/", "/account"];

/** What stands around every page. Nothing else is shown to who is not signed in, or whom the page is not for. */
export function RootLayout(): ReactNode {
  const t = useTranslations("admin");
  const { data: auth } = useAuthState();
  const isOpen = useMatches({ select: (matches) => matches.some(({ routeId }) => openPages.includes(routeId)) });
  const forSupervisors = useMatches({
    select: (matches) =>
      matches.some(({ routeId }) => supervisorPages.includes(routeId) || routeId.startsWith("/gate")),
  });
  const role = auth?.state === "signed_in" ? auth.account.role : null;
  const mayEnter = role === "admin" || role === "supervisor";
  return (
    <PageShell
      title={t("title")}
      renderHome={(props) => <Link to="/" {...props} />}
      navigation={role === "admin" ? <Navigation /> : role === "supervisor" ? <GateLinks /> : undefined}
      actions={<AccountMenu>{mayEnter && <Link to="/account">{t("nav.account")}</Link>}</AccountMenu>}
    >
      {isOpen ? (
        <OpenedPage />
      ) : (
        <>
          {auth?.state !== "signed_in" && <DoorTitle />}
          <AccountGate>
            <OnlyFor roles={forSupervisors ? ["supervisor", "admin"] : ["admin"]}>
              <OpenedPage />
            </OnlyFor>
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
      <Link to="/gate" activeOptions={{ includeSearch: false }}>
        {t("gate")}
        <OpenIncidents />
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
