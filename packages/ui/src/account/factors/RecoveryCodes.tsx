import { Button, Checkbox, Group, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Pictogram } from "../../pictograms/Pictogram.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { noteCodesKept, noteCodesShown } from "./recovery-notes.ts";
import classes from "./RecoveryCodes.module.css";

type RecoveryCodesProps = {
  readonly codes: readonly string[];
  /** Whose they are; null for the moment in which that is not known yet. */
  readonly accountId: string | null;
  /** The same for the file. */
  readonly email: string;
  readonly onKept: () => void;
};

/** Codes that are shown once, below a heading of where they stand. The way on opens when the owner says that they are kept. */
export function RecoveryCodes({ codes, accountId, email, onKept }: RecoveryCodesProps): ReactNode {
  const t = useTranslations("account.recovery");
  const [kept, setKept] = useState(false);
  useEffect(() => {
    if (accountId !== null) noteCodesShown(accountId);
  }, [accountId]);
  const text = `${t("fileIntro", { email })}\n\n${codes.join("\n")}\n`;
  return (
    <>
      <Text>{t("text")}</Text>
      <ol aria-label={t("listLabel")} className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Group gap="sm" className="no-print">
        <CopyButton text={text} copied={t("copied")}>
          {t("copy")}
        </CopyButton>
        <Button
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download={t("fileName")}
          leftSection={<Pictogram name="download" size={18} />}
        >
          {t("download")}
        </Button>
      </Group>
      <Checkbox
        className="no-print"
        label={t("kept")}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button
        className="no-print"
        disabled={!kept}
        onClick={() => {
          if (accountId !== null) noteCodesKept(accountId);
          onKept();
        }}
      >
        {t("submit")}
      </Button>
    </>
  );
}
