import type { Ticket } from "@tessera/contracts";
import { LoadingState, SettingButton, SettingDialog, SettingRow, useFormats, useSay } from "@tessera/ui";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";

const NameForm = lazy(async () => ({ default: (await import("./NameForm.tsx")).NameForm }));

type CompanionRowProps = {
  readonly ticket: Ticket;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
};

/** Who goes in with a ticket, and writing somebody else's name on it. */
export function CompanionRow({ ticket, now }: CompanionRowProps): ReactNode {
  const t = useTranslations("shop.companions.one");
  const { date } = useFormats();
  const say = useSay();
  const [asking, setAsking] = useState(false);
  const { closesAt, state } = ticket.handOver;
  if (state === "closed") {
    const closed = ticket.state === "issued" && Date.parse(closesAt) <= now();
    const closedOn = date(closesAt, ticket.competitionSession.timeZone, "dateTime");
    return (
      <SettingRow
        name={t("name")}
        value={closed ? t("closed", { name: ticket.holderName, date: closedOn }) : ticket.holderName}
      />
    );
  }
  return (
    <SettingRow
      name={t("name")}
      value={ticket.holderName}
      action={
        <SettingButton label={t("label")} onClick={() => setAsking(true)}>
          {t("action")}
        </SettingButton>
      }
    >
      <SettingDialog opened={asking} onClose={() => setAsking(false)} title={t("title")}>
        <Suspense fallback={<LoadingState />}>
          <NameForm
            ticket={ticket}
            onNamed={(name) => {
              setAsking(false);
              say(t("done", { name }));
            }}
          />
        </Suspense>
      </SettingDialog>
    </SettingRow>
  );
}
