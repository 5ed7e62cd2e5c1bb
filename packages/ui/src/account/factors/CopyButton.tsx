import { Button, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Pictogram } from "../../pictograms/Pictogram.tsx";

type CopyButtonProps = {
  readonly text: string;
  readonly children: string;
  /** What it says when that is done. */
  readonly copied: string;
};

/** Puts a text on the clipboard; says where that is not allowed. */
export function CopyButton({ text, children, copied }: CopyButtonProps): ReactNode {
  const t = useTranslations("account.recovery");
  const [copying, setCopying] = useState<"not yet" | "done" | "failed">("not yet");

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
      <Button variant="default" leftSection={<Pictogram name="copy" size={18} />} onClick={() => void copy()}>
        {copying === "done" ? copied : children}
      </Button>
      <Text role="status" c="terracotta" size="sm" hidden={copying !== "failed"}>
        {copying === "failed" && t("copyFailed")}
      </Text>
    </>
  );
}
