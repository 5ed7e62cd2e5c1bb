import { Button, Text } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { clockNow } from "../../shared/device-clock.ts";
import { CodeAsText } from "./CodeAsText.tsx";
import type { DeviceKey } from "./device-keys.ts";
import { useInstallation } from "./use-installation.ts";
import classes from "./TicketScreen.module.css";

type CodeNotesProps = {
  readonly ticket: Ticket;
  readonly deviceKey: DeviceKey;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
  readonly offline: boolean;
};

/** Whoever has shop and scanner on one computer has no second camera to film the screen with. */
const isOneComputer = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

/** What is good to know of the code, and not needed at the gate. */
export function CodeNotes({ ticket, deviceKey, now, offline }: CodeNotesProps): ReactNode {
  const t = useTranslations("shop.ticket");
  const o = useTranslations("shop.offline");
  const install = useInstallation();
  return (
    <div className={classes.notes}>
      <Text size="sm" c="dimmed">
        {t("renews")} {o("brightness")}
      </Text>
      {offline && <ClockNote timeZone={ticket.competitionSession.timeZone} />}
      {install !== null && (
        <>
          <Text size="sm" c="dimmed">
            {o("installText")}
          </Text>
          <Button variant="subtle" color="ink" onClick={install}>
            {o("install")}
          </Button>
        </>
      )}
      {deviceKey.secret.kind === "soft" && (
        <Text size="sm" c="dimmed">
          <strong>{t("soft")}.</strong> {t("softText")}
        </Text>
      )}
      {isOneComputer && <CodeAsText deviceKey={deviceKey} now={now} />}
    </div>
  );
}

/** Without a network the code goes by a clock that nobody corrects. */
function ClockNote({ timeZone }: { readonly timeZone: string }): ReactNode {
  const t = useTranslations("shop.offline");
  const { date } = useFormats();
  const { heardAtMs, doubtful } = clockNow();
  return (
    <>
      {heardAtMs !== null && (
        <Text size="sm" c="dimmed">
          {t("lastContact", { date: date(new Date(heardAtMs).toISOString(), timeZone, "dateTime") })}
        </Text>
      )}
      {doubtful && (
        <Text size="sm" role="alert">
          {t("clock")}
        </Text>
      )}
    </>
  );
}
