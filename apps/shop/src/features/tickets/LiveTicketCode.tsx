import { Text } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { LoadingState, Pictogram, QrCode } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { DeviceKey } from "./device-keys.ts";
import { useLiveCode } from "./use-live-code.ts";
import { useWakeLock } from "./use-wake-lock.ts";
import classes from "./LiveTicketCode.module.css";

type LiveTicketCodeProps = {
  readonly ticket: Ticket;
  readonly deviceKey: DeviceKey;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
};

const secondsOfSlot = Array.from({ length: 15 }, (_, index) => index + 1);

/** The code that opens the gate, and how many seconds it is still good. */
export function LiveTicketCode({ ticket, deviceKey, now }: LiveTicketCodeProps): ReactNode {
  const t = useTranslations("shop.ticket");
  const { text, secondsLeft, failed } = useLiveCode(deviceKey, now);
  useWakeLock();

  if (failed) {
    return (
      <Text role="alert" fw={600}>
        {t("keyTestFailed")}
      </Text>
    );
  }
  if (text === null) return <LoadingState label={t("makingCode")} />;
  return (
    <>
      {ticket.state === "admitted" && (
        <div role="status" className={classes.admitted}>
          <Pictogram name="ok" size={24} />
          <span>
            <strong>{t("admittedTitle")}</strong>
            <br />
            {t("admittedText")}
          </span>
        </div>
      )}
      <div className={classes.qr}>
        <QrCode text={text} alphanumeric label={t("qrLabel", { reference: ticket.reference })} />
        <div className={classes.seconds} aria-hidden>
          {secondsOfSlot.map((second) => (
            <span key={second} className={classes.second} data-over={second > secondsLeft} />
          ))}
        </div>
      </div>
      <Text fw={650} ta="center" className="tabular" role="timer">
        {t("goodFor", { seconds: secondsLeft })}
      </Text>
    </>
  );
}
