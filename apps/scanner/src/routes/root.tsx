import { Link, Outlet, useMatches } from "@tanstack/react-router";
import { registerWorker } from "@tessera/offline";
import { LoadingState, PageShell } from "@tessera/ui";
import { type ReactNode, Suspense, useEffect } from "react";
import { useTranslations } from "use-intl";
import { TabletShell } from "./tablet-shell.tsx";

/** Mails lead there, and who follows them need hold no tablet. */
const openPages: readonly string[] = ["/link/$kind", "/forgotten-password"];
/** At the gate the whole screen is the verdict's. */
const gatePage = "/$competitionSessionId/$gateId";

/** What stands around every page. */
export function RootLayout(): ReactNode {
  const t = useTranslations("scanner");
  // Not before the page's policy of Trusted Types is there.
  useEffect(registerWorker, []);
  const page = useMatches({ select: (matches) => matches.at(-1)?.routeId });
  const opened = (
    <Suspense fallback={<LoadingState />}>
      <Outlet />
    </Suspense>
  );
  const renderShell = (content: ReactNode, bare: boolean): ReactNode => (
    <PageShell title={t("title")} renderHome={(props) => <Link to="/" {...props} />} bare={bare}>
      {content}
    </PageShell>
  );
  if (page !== undefined && openPages.includes(page)) return renderShell(opened, false);
  return (
    <TabletShell bare={page === gatePage} renderShell={renderShell}>
      {opened}
    </TabletShell>
  );
}
