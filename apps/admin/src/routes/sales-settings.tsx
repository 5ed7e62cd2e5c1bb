import { useQuery } from "@tanstack/react-query";
import { apiErrorOf } from "@tessera/client";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SalesSettingsForm } from "../features/settings/SalesSettingsForm.tsx";
import { TextLink } from "../shared/links.tsx";

const refreshMs = 10_000;

/** What holds for all sales: limits of an account, and the tax. */
export function SalesSettingsPage(): ReactNode {
  const t = useTranslations("admin.salesSettings");
  const nav = useTranslations("admin.nav");
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.admin.sales.settings.queryOptions(undefined, { refetchInterval: refreshMs, refetchOnMount: "always" }),
  );
  return (
    <Page title={t("title")} over={<TextLink to="/sales">{nav("sales")}</TextLink>} lead={t("lead")}>
      {data !== undefined ? (
        <SalesSettingsForm settings={data} />
      ) : error === null ? (
        <LoadingState />
      ) : apiErrorOf(error).errorCode === "not_found" ? (
        <EmptyState title={t("noneTitle")} text={t("noneText")} />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}
