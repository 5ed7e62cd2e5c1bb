import type { Ticket } from "@tessera/contracts";
import { FormAlert, SettingButton, SettingRow, useFormats, useSay } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { useOnePress } from "../../shared/use-one-press.ts";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";
import { PrintDialog } from "./PrintDialog.tsx";
import { isOnPaper, isPrintable } from "./printing.ts";
import { usePrint } from "./use-print.ts";

type PrintRowProps = {
  readonly ticket: Ticket;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
};

/** Whether a ticket is on paper, and how it gets there. */
export function PrintRow({ ticket, now }: PrintRowProps): ReactNode {
  const t = useTranslations("shop.paper");
  const { date } = useFormats();
  const say = useSay();
  const wordsFor = useRefusalWords();
  const printing = usePrint();
  const [asking, setAsking] = useState(false);
  const onPrinted = (): void => say(t("done"));
  const printAgain = useOnePress(() => printing.print([ticket]).then(onPrinted));
  const { closesAt } = ticket.handOver;
  const close = date(closesAt, deviceZone, "dateTime");

  if (!isPrintable(ticket)) {
    const { movesLeft, nextMoveAt } = ticket.activation;
    const isPast = ticket.state === "issued" && Date.parse(closesAt) <= now();
    const waits = !isPast && ticket.handOver.state !== "closed" && movesLeft === 0 && nextMoveAt !== null;
    return (
      <SettingRow
        name={t("name")}
        value={
          waits
            ? t("waits", { date: date(nextMoveAt, deviceZone, "dateTime") })
            : isPast
              ? t("closed", { date: close })
              : t("closedNow")
        }
      />
    );
  }
  const again = isOnPaper(ticket);
  return (
    <SettingRow
      name={t("name")}
      value={again ? t("onPaper") : t("text", { date: close })}
      action={
        <SettingButton
          label={again ? t("printAgain") : t("print")}
          loading={printing.pending}
          onClick={again ? printAgain : () => setAsking(true)}
        >
          {t("action")}
        </SettingButton>
      }
    >
      {again && <FormAlert failure={printing.error} words={wordsFor(printing.error)} />}
      <PrintDialog
        tickets={[ticket]}
        opened={asking}
        onClose={() => setAsking(false)}
        printing={printing}
        onPrinted={onPrinted}
      />
    </SettingRow>
  );
}
