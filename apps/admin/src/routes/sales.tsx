import { getRouteApi } from "@tanstack/react-router";
import { Page } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SalesByOffer } from "../features/sales/SalesByOffer.tsx";
import { SalesBySession } from "../features/sales/SalesBySession.tsx";
import { SalesControls } from "../features/sales/SalesControls.tsx";
import type { SalesSearch } from "../shared/addresses.ts";
import { ButtonLink } from "../shared/links.tsx";

const route = getRouteApi("/sales");

/** What was sold, by offer or by competition session. */
export function SalesPage(): ReactNode {
  const t = useTranslations("admin.sales");
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const show = (search: SalesSearch, replace = false): void => void navigate({ search, replace });
  const onPage = (page: number): void => show({ ...view, page });
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      action={
        <ButtonLink to="/sales/settings" variant="subtle" color="sky">
          {t("settings")}
        </ButtonLink>
      }
    >
      <SalesControls view={view} onView={(next) => show(next, true)} />
      {view.by === "sessions" ? (
        <SalesBySession view={view} onPage={onPage} />
      ) : (
        <SalesByOffer view={view} onPage={onPage} />
      )}
    </Page>
  );
}
