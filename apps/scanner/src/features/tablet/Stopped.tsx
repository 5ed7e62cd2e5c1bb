import { Button } from "@mantine/core";
import { EmptyState, LoadingState, usePageTitle } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Missing } from "./device.ts";
import type { StorageFailure } from "./tablet-database.ts";

/** This device cannot be a tablet at the gate: what it lacks, and what may help. */
export function UnfitDevice({ missing }: { readonly missing: Missing }): ReactNode {
  const t = useTranslations("scanner.tablet.unfit");
  usePageTitle(t("title"));
  return (
    <EmptyState
      pictogram={missing === "secure_context" ? "lock" : "warning"}
      title={t("title")}
      text={t(missing)}
      action={<Button onClick={() => location.reload()}>{t("retry")}</Button>}
    />
  );
}

/** Another page of the app is open on this device: this one waits. */
export function OpenElsewhere(): ReactNode {
  const t = useTranslations("scanner.tablet.elsewhere");
  usePageTitle(t("title"));
  return (
    <div role="status">
      <EmptyState pictogram="copy" title={t("title")} text={t("text")} />
    </div>
  );
}

/** Nothing can be written down any more, and so nothing may be scanned. */
export function StorageStopped({ failure }: { readonly failure: StorageFailure }): ReactNode {
  const t = useTranslations("scanner.tablet.storage");
  const isFull = failure === "full";
  const title = isFull ? t("fullTitle") : t("lostTitle");
  usePageTitle(title);
  return (
    <div role="alert">
      <EmptyState
        pictogram="warning"
        title={title}
        text={isFull ? t("fullText") : t("lostText")}
        action={<Button onClick={() => location.reload()}>{t("restart")}</Button>}
      />
    </div>
  );
}

/** The tablet looks at what it has written down. */
export function Starting(): ReactNode {
  const t = useTranslations("scanner.tablet");
  return <LoadingState label={t("starting")} />;
}
