import { Button, Textarea } from "@mantine/core";
import { useClipboard, useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { DeviceKey } from "./device-keys.ts";
import { useLiveCode } from "./use-live-code.ts";

type CodeAsTextProps = {
  readonly deviceKey: DeviceKey;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
};

/** The code for whom tries shop and scanner on one computer: to be pasted instead of filmed. */
export function CodeAsText({ deviceKey, now }: CodeAsTextProps): ReactNode {
  const t = useTranslations("shop.ticket");
  const { text } = useLiveCode(deviceKey, now);
  const [shown, { toggle }] = useDisclosure();
  const { copy, copied } = useClipboard();
  return (
    <>
      <Button variant="subtle" color="ink" aria-expanded={shown} onClick={toggle}>
        {shown ? t("hideText") : t("showText")}
      </Button>
      {shown && text !== null && (
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
