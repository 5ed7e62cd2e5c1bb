import { Text } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { LoadingState, SettingButton, SettingDialog, SettingRow, useFormats, useSay } from "@tessera/ui";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { useLateForm } from "./use-late-form.ts";

const loadNameForm = async () => ({ default: (await import("./NameForm.tsx")).NameForm });
const NameForm = lazy(loadNameForm);

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
  const offline = useTranslations("shop.offline");
  const form = useLateForm(loadNameForm);
  const { closesAt, state } = ticket.handOver;
  if (state === "closed") {
    const closed = ticket.state === "issued" && Date.parse(closesAt) <= now();
    const closedOn = date(closesAt, deviceZone, "dateTime");
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
        <SettingButton label={t("label")} loading={form.pending} onClick={form.open}>
          {t("action")}
        </SettingButton>
      }
    >
      {form.failed && <Text role="alert">{offline("actionText")}</Text>}
      <SettingDialog opened={form.opened} onClose={form.close} title={t("title")}>
        <Suspense fallback={<LoadingState />}>
          <NameForm
            ticket={ticket}
            onNamed={(name) => {
              form.close();
              say(t("done", { name }));
            }}
          />
        </Suspense>
      </SettingDialog>
    </SettingRow>
  );
}
