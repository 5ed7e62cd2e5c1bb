import { Alert, Button, Group } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import classes from "./ConflictNotice.module.css";

type ConflictNoticeProps = {
  readonly title: string;
  readonly text: string;
  /** Of what somebody else has made since: the notice is read again with each newer one. */
  readonly version: number;
  /** What differs, each with before and after. */
  readonly changes: readonly { readonly field: string; readonly text: string }[];
  /** Throws away what was typed. */
  readonly onReload: () => void;
  /** Goes on with what was typed, knowing what it replaces. */
  readonly onKeep: () => void;
};

/** Somebody else was faster. What was typed is still in the form below; the admin decides what becomes of it. */
export function ConflictNotice({ title, text, version, changes, onReload, onKeep }: ConflictNoticeProps): ReactNode {
  const t = useTranslations("admin.conflict");
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), [version]);
  return (
    <Alert
      ref={notice}
      role="alert"
      tabIndex={-1}
      color="ochre"
      title={title}
      icon={<Pictogram name="people" size={18} />}
      className={classes.notice ?? ""}
    >
      {text}
      {changes.length > 0 && (
        <ul>
          {changes.map((change) => (
            <li key={change.field}>{change.text}</li>
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
