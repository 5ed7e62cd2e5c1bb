import { Button, Textarea } from "@mantine/core";
import { useClipboard, useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** The code for whom tries shop and scanner on one computer: to be pasted instead of filmed. */
export function CodeAsText({ text }: { readonly text: string }): ReactNode {
  const t = useTranslations("shop.ticket");
  const [shown, { toggle }] = useDisclosure();
  const { copy, copied } = useClipboard();
  return (
    <>
      <Button variant="subtle" color="ink" aria-expanded={shown} onClick={toggle}>
        {shown ? t("hideText") : t("showText")}
      </Button>
      {shown && (
        <>
          <Textarea
            label={t("textLabel")}
            description={t("textHint")}
            value={text}
            readOnly
            autosize
            spellCheck={false}
            ff="monospace"
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button variant="outline" color="ink" onClick={() => copy(text)}>
            {copied ? t("copied") : t("copy")}
          </Button>
        </>
      )}
    </>
  );
}
