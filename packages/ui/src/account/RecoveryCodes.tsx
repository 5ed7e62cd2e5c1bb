import { Button, Checkbox, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Pictogram } from "../pictograms/Pictogram.tsx";
import { StepTitle } from "./StepTitle.tsx";
import classes from "./RecoveryCodes.module.css";

type RecoveryCodesProps = {
  readonly codes: readonly string[];
  /** Whose codes they are, for the file. */
  readonly email: string;
  readonly onKept: () => void;
};

/** Codes that are shown once. The way on opens when the owner says that they are kept. */
export function RecoveryCodes({ codes, email, onKept }: RecoveryCodesProps): ReactNode {
  const t = useTranslations("account.recovery");
  const [kept, setKept] = useState(false);
  const [copying, setCopying] = useState<"not yet" | "done" | "failed">("not yet");
  const text = `${t("fileIntro", { email })}\n\n${codes.join("\n")}\n`;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopying("done");
    } catch {
      setCopying("failed");
    }
  }

  return (
    <>
      <Stack gap="xs">
        <StepTitle takesFocus>{t("title")}</StepTitle>
        <Text>{t("text")}</Text>
      </Stack>
      <SimpleGrid
        component="ol"
        cols={{ base: 1, xs: 2 }}
        spacing="xs"
        aria-label={t("listLabel")}
        className={classes.codes ?? ""}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </SimpleGrid>
      <Group gap="sm" className="no-print">
        <Button variant="default" leftSection={<Pictogram name="copy" size={18} />} onClick={() => void copy()}>
          {copying === "done" ? t("copied") : t("copy")}
        </Button>
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
      <Text role="status" c="terracotta" size="sm">
        {copying === "failed" && t("copyFailed")}
      </Text>
      <Checkbox
        className="no-print"
        label={t("kept")}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button className="no-print" disabled={!kept} onClick={onKept}>
        {t("submit")}
      </Button>
    </>
  );
}
