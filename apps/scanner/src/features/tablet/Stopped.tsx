import { Button } from "@mantine/core";
import { LoadingState } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "../../shared/Notice.tsx";
import type { Missing } from "./device.ts";
import type { StorageFailure } from "./tablet-database.ts";

/** This device cannot be a tablet at the gate: what it lacks, and what may help. */
export function UnfitDevice({ missing }: { readonly missing: Missing }): ReactNode {
  const t = useTranslations("scanner.tablet.unfit");
  return (
    <Notice pictogram={missing === "secure_context" ? "lock" : "warning"} title={t("title")} text={t(missing)}>
      <Button onClick={() => location.reload()}>{t("retry")}</Button>
    </Notice>
  );
}

/** Another page of the app is open on this device: this one waits. */
export function OpenElsewhere(): ReactNode {
  const t = useTranslations("scanner.tablet.elsewhere");
  return <Notice pictogram="copy" title={t("title")} text={t("text")} />;
}

/** Nothing can be written down any more, and so nothing may be scanned. */
export function StorageStopped({ failure }: { readonly failure: StorageFailure }): ReactNode {
  const t = useTranslations("scanner.tablet.storage");
  const isFull = failure === "full";
  return (
    <div role="alert">
      <Notice
        pictogram="warning"
        title={isFull ? t("fullTitle") : t("lostTitle")}
        text={isFull ? t("fullText") : t("lostText")}
      >
        <Button onClick={() => location.reload()}>{t("restart")}</Button>
      </Notice>
    </div>
  );
}

/** The tablet looks at what it has written down. */
export function Starting(): ReactNode {
  const t = useTranslations("scanner.tablet");
  return <LoadingState label={t("starting")} />;
}
