import type { SalesSettings } from "@tessera/contracts";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ConflictNotice } from "../../shared/ConflictNotice.tsx";
import { changedValues } from "./settings-form.ts";

type SettingsConflictProps = {
  /** What the form was filled from. */
  readonly loaded: SalesSettings;
  /** What somebody else has made of it since. */
  readonly now: SalesSettings;
  readonly onReload: () => void;
  readonly onKeep: () => void;
};

/** What differs between the settings that were loaded and those there are now. */
export function SettingsConflict({ loaded, now, ...decide }: SettingsConflictProps): ReactNode {
  const t = useTranslations("admin.salesSettings.conflict");
  const changes = changedValues(loaded, now, useLocale()).map(({ field, before, after }) => ({
    field,
    text: t(`fields.${field}`, { before, after }),
  }));
  return <ConflictNotice title={t("title")} text={t("text")} version={now.version} changes={changes} {...decide} />;
}
