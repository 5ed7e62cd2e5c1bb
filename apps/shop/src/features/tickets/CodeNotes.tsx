import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CodeAsText } from "./CodeAsText.tsx";
import type { DeviceKey } from "./device-keys.ts";
import classes from "./TicketScreen.module.css";

type CodeNotesProps = {
  readonly deviceKey: DeviceKey;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
};

/** Whoever has shop and scanner on one computer has no second camera to film the screen with. */
const isOneComputer = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

/** What is good to know of the code, and not needed at the gate. */
export function CodeNotes({ deviceKey, now }: CodeNotesProps): ReactNode {
  const t = useTranslations("shop.ticket");
  return (
    <div className={classes.notes}>
      <Text size="sm" c="dimmed">
        {t("renews")}
      </Text>
      {deviceKey.secret.kind === "soft" && (
        <Text size="sm" c="dimmed">
          <strong>{t("soft")}.</strong> {t("softText")}
        </Text>
      )}
      {isOneComputer && <CodeAsText deviceKey={deviceKey} now={now} />}
    </div>
  );
}
