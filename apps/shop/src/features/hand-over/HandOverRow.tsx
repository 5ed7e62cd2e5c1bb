import type { Ticket } from "@tessera/contracts";
import { FormAlert, LoadingState, SettingButton, SettingDialog, SettingRow, useFormats, useSay } from "@tessera/ui";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";
import { useTakeBack } from "./use-take-back.ts";

// The forms bring the schemas with them, which a ticket at the gate does not need.
const OfferForm = lazy(async () => ({ default: (await import("./OfferForm.tsx")).OfferForm }));

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
  const [asking, setAsking] = useState(false);
  const { state, closesAt, offered } = ticket.handOver;
  const dateOf = (at: string): string => date(at, ticket.competitionSession.timeZone, "dateTime");

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
            <SettingButton label={t("label")} onClick={() => setAsking(true)}>
              {t("action")}
            </SettingButton>
          )
        )
      }
    >
      <FormAlert failure={error} words={wordsFor(error)} />
      <SettingDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("title", { reference: ticket.reference })}
      >
        <Suspense fallback={<LoadingState />}>
          <OfferForm
            ticket={ticket}
            onOffered={(email) => {
              setAsking(false);
              say(t("done", { email }));
            }}
          />
        </Suspense>
      </SettingDialog>
    </SettingRow>
  );
}
