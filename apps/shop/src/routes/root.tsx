import { ActionIcon } from "@mantine/core";
import { Link, Outlet, useMatchRoute } from "@tanstack/react-router";
import { AccountMenu, LoadingState, PageShell, Pictogram } from "@tessera/ui";
import { type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { useBasket } from "../shared/basket/basket-store.ts";
import { seatCount } from "../shared/basket/basket.ts";

/** What stands around every page. */
export function RootLayout(): ReactNode {
  const t = useTranslations("shop");
  const holdsTicketOut = useMatchRoute()({ to: "/tickets/$ticketId" }) !== false;
  return (
    <PageShell
      title={t("title")}
      renderHome={(props) => <Link to="/" {...props} />}
      navigation={<Navigation />}
      actions={<AccountActions />}
      footer={t("tagline")}
      compact={holdsTicketOut}
    >
      <Suspense fallback={<LoadingState />}>
        <Outlet />
      </Suspense>
    </PageShell>
  );
}

function Navigation(): ReactNode {
  const t = useTranslations("shop.nav");
  const seats = seatCount(useBasket().lines);
  return (
    <>
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
        {t("programme")}
      </Link>
      <Link to="/tickets">{t("tickets")}</Link>
      <Link to="/basket" {...(seats > 0 ? { "aria-label": t("basketWith", { count: seats }) } : {})}>
        {t("basket")}
        {seats > 0 && <span className="tabular">&nbsp;· {seats}</span>}
      </Link>
    </>
  );
}

function AccountActions(): ReactNode {
  const t = useTranslations("shop.nav");
  const account = useTranslations("account.menu");
  const handOver = useTranslations("shop.handOver.received");
  return (
    <AccountMenu
      signIn={
        <ActionIcon component={Link} to="/account" aria-label={account("signIn")}>
          <Pictogram name="person" size={18} />
        </ActionIcon>
      }
    >
      <Link to="/tickets">{t("tickets")}</Link>
      <Link to="/orders">{t("orders")}</Link>
      <Link to="/hand-overs">{handOver("toAll")}</Link>
      <Link to="/account">{t("account")}</Link>
    </AccountMenu>
  );
}
