import { Link, Outlet, useMatchRoute } from "@tanstack/react-router";
import { AccountGate, AccountMenu, AppHeader, contentId, LoadingState, SkipLink, useAuthState } from "@tessera/ui";
import { type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import classes from "./root.module.css";

/** What stands around every page. At the gate nothing does: the whole screen is the verdict's. */
export function RootLayout(): ReactNode {
  const t = useTranslations("scanner");
  const { data: auth } = useAuthState();
  const matchRoute = useMatchRoute();
  const atGate = matchRoute({ to: "/$competitionSessionId/$gateId" }) !== false && auth?.state === "signed_in";
  return (
    <div className={classes.shell}>
      {!atGate && (
        <>
          <SkipLink target={contentId} />
          <AppHeader title={t("title")} renderHome={(props) => <Link to="/" {...props} />} actions={<AccountMenu />} />
        </>
      )}
      <main id={contentId} tabIndex={-1} className={atGate ? classes.gate : classes.content}>
        <AccountGate app="scanner">
          <Suspense fallback={<LoadingState />}>
            <Outlet />
          </Suspense>
        </AccountGate>
      </main>
    </div>
  );
}

/** A page's code is on its way. */
export function PendingPage(): ReactNode {
  return <LoadingState />;
}
