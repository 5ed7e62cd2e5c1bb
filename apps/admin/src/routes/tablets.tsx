import { Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ScannerView } from "@tessera/contracts";
import { EmptyState, ErrorState, LoadingState, Page, useTRPC } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { isGone } from "../features/tablets/contact.ts";
import { TabletTable } from "../features/tablets/TabletTable.tsx";
import { GateTabs } from "../shared/GateTabs.tsx";
import { ButtonLink } from "../shared/links.tsx";

const refreshMs = 5_000;

/** The tablets at the gates: how each stands, and enrolling another. */
export function TabletsPage(): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const trpc = useTRPC();
  const tablets = useQuery(trpc.admin.scanners.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  const enrol = <ButtonLink to="/gate/tablets/new">{t("enrol")}</ButtonLink>;
  const isEmpty = tablets.data?.length === 0;
  return (
    <Page title={t("title")} over={<GateTabs />} lead={t("lead")} {...(isEmpty ? {} : { action: enrol })}>
      {tablets.isPending ? (
        <LoadingState />
      ) : tablets.data === undefined ? (
        <ErrorState title={t("failedTitle")} error={tablets.error} onRetry={() => void tablets.refetch()} />
      ) : isEmpty ? (
        <EmptyState pictogram="phone" title={t("emptyTitle")} text={t("emptyText")} action={enrol} />
      ) : (
        <Tablets tablets={tablets.data} />
      )}
    </Page>
  );
}

function Tablets({ tablets }: { readonly tablets: readonly ScannerView[] }): ReactNode {
  const t = useTranslations("admin.gate.tablets");
  const locale = useLocale();
  const gone = tablets.filter(isGone);
  const [withGone, setWithGone] = useState(false);
  const shown = withGone ? tablets : tablets.filter((tablet) => !isGone(tablet));
  return (
    <>
      {gone.length > 0 && (
        <Switch
          color="laurel"
          label={t("showGone", { count: gone.length })}
          checked={withGone}
          onChange={({ currentTarget: { checked } }) => setWithGone(checked)}
        />
      )}
      {shown.length === 0 ? (
        <EmptyState pictogram="phone" title={t("emptyTitle")} text={t("emptyText")} />
      ) : (
        <TabletTable tablets={shown.toSorted((a, b) => a.name.localeCompare(b.name, locale, { numeric: true }))} />
      )}
    </>
  );
}
