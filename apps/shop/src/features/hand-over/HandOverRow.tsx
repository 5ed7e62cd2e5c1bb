import { Text } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { FormAlert, LoadingState, SettingButton, SettingDialog, SettingRow, useFormats, useSay } from "@tessera/ui";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";
import { useLateForm } from "./use-late-form.ts";
import { useTakeBack } from "./use-take-back.ts";

// The forms bring the schemas with them, which a ticket at the gate does not need.
const loadOfferForm = async () => ({ default: (await import("./OfferForm.tsx")).OfferForm });
const OfferForm = lazy(loadOfferForm);

type HandOverRowProps = {
  readonly ticket: Ticket;
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
};

/** Where a ticket stands on its way to somebody else, and the way there or back. */
export function HandOverRow({ ticket, now }: HandOverRowProps): ReactNode {
  const t = useTranslations("shop.handOver.offer");
  const { date } = useFormats();
  const say = useSay();
  const wordsFor = useRefusalWords();
  const { takeBack, pending, error } = useTakeBack(say);
  const offline = useTranslations("shop.offline");
  const form = useLateForm(loadOfferForm);
  const { state, closesAt, offered } = ticket.handOver;
  const dateOf = (at: string): string => date(at, deviceZone, "dateTime");

  const standing = (): string => {
    if (offered !== null) return t("offered", { email: offered.email, date: dateOf(offered.expiresAt) });
    if (state === "open") return t("open", { date: dateOf(closesAt) });
    if (state === "forbidden") return t("forbidden");
    const isPast = ticket.state === "issued" && Date.parse(closesAt) <= now();
    return isPast ? t("closed", { date: dateOf(closesAt) }) : t("closedNow");
  };
  return (
    <SettingRow
      name={t("name")}
      value={standing()}
      action={
        offered !== null ? (
          <SettingButton
            label={t("takeBackOf", { reference: ticket.reference, email: offered.email })}
            loading={pending !== null}
            onClick={() => takeBack(offered.id)}
          >
            {t("takeBack")}
          </SettingButton>
        ) : (
          state === "open" && (
            <SettingButton label={t("label")} loading={form.pending} onClick={form.open}>
              {t("action")}
            </SettingButton>
          )
        )
      }
    >
      <FormAlert failure={error} words={wordsFor(error)} />
      {form.failed && <Text role="alert">{offline("actionText")}</Text>}
      <SettingDialog opened={form.opened} onClose={form.close} title={t("title", { reference: ticket.reference })}>
        <Suspense fallback={<LoadingState />}>
          <OfferForm
            ticket={ticket}
            onOffered={(email) => {
              form.close();
              say(t("done", { email }));
            }}
          />
        </Suspense>
      </SettingDialog>
    </SettingRow>
  );
}
