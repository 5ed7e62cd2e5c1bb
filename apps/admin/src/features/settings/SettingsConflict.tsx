import { Alert, Button, Group } from "@mantine/core";
import type { SalesSettings } from "@tessera/contracts";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useEffect, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";
import { changedValues } from "./settings-form.ts";

type SettingsConflictProps = {
  /** What the form was filled from. */
  readonly loaded: SalesSettings;
  /** What somebody else has made of it since. */
  readonly now: SalesSettings;
  /** Throws away what was typed. */
  readonly onReload: () => void;
  /** Goes on with what was typed, knowing what it replaces. */
  readonly onKeep: () => void;
};

/** Somebody else was faster. What was typed is still in the form below; the admin decides what becomes of it. */
export function SettingsConflict({ loaded, now, onReload, onKeep }: SettingsConflictProps): ReactNode {
  const t = useTranslations("admin.salesSettings.conflict");
  const locale = useLocale();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), [now.version]);
  const changes = changedValues(loaded, now, locale);
  return (
    <Alert
      ref={notice}
      role="alert"
      tabIndex={-1}
      color="ochre"
      title={t("title")}
      icon={<Pictogram name="people" size={18} />}
    >
      {t("text")}
      {changes.length > 0 && (
        <ul>
          {changes.map(({ field, before, after }) => (
            <li key={field}>{t(`fields.${field}`, { before, after })}</li>
          ))}
        </ul>
      )}
      <Group gap="sm" mt="sm">
        <Button color="ink" onClick={onReload}>
          {t("reload")}
        </Button>
        <Button color="ink" variant="outline" onClick={onKeep}>
          {t("keep")}
        </Button>
      </Group>
    </Alert>
  );
}
