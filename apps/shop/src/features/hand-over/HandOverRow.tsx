import { useMutation } from "@tanstack/react-query";
import type { Ticket } from "@tessera/contracts";
import {
  FormAlert,
  LoadingState,
  SettingButton,
  SettingDialog,
  SettingRow,
  useFormats,
  useSay,
  useTRPC,
} from "@tessera/ui";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { useTicketNews } from "../../shared/use-hand-overs.ts";
import { useOnePress } from "../../shared/use-one-press.ts";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";

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
  const { state, closesAt, offered } = ticket.handOver;
  const { timeZone } = ticket.competitionSession;
  const close = date(closesAt, timeZone, "dateTime");
  if (offered !== null) return <Offered ticket={ticket} offered={offered} />;
  if (state === "forbidden") return <SettingRow name={t("name")} value={t("forbidden")} />;
  if (state !== "open") {
    const isPast = ticket.state === "issued" && Date.parse(closesAt) <= now();
    return <SettingRow name={t("name")} value={isPast ? t("closed", { date: close }) : t("closedNow")} />;
  }
  return <Open ticket={ticket} closesOn={close} />;
}

function Open({ ticket, closesOn }: { readonly ticket: Ticket; readonly closesOn: string }): ReactNode {
  const t = useTranslations("shop.handOver.offer");
  const say = useSay();
  const [asking, setAsking] = useState(false);
  return (
    <SettingRow
      name={t("name")}
      value={t("open", { date: closesOn })}
      action={
        <SettingButton label={t("label")} onClick={() => setAsking(true)}>
          {t("action")}
        </SettingButton>
      }
    >
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

type OfferedProps = { readonly ticket: Ticket; readonly offered: NonNullable<Ticket["handOver"]["offered"]> };

function Offered({ ticket, offered }: OfferedProps): ReactNode {
  const t = useTranslations("shop.handOver.offer");
  const { date } = useFormats();
  const say = useSay();
  const trpc = useTRPC();
  const news = useTicketNews();
  const wordsFor = useRefusalWords();
  const { mutateAsync, isPending, error } = useMutation(
    trpc.tickets.handOvers.takeBack.mutationOptions({
      onSuccess: async () => {
        await news();
        say(t("takenBack"));
      },
      onError: news,
    }),
  );
  const takeBack = useOnePress(mutateAsync);
  const { email, expiresAt } = offered;
  return (
    <SettingRow
      name={t("name")}
      value={t("offered", { email, date: date(expiresAt, ticket.competitionSession.timeZone, "dateTime") })}
      action={
        <SettingButton
          label={t("takeBackOf", { reference: ticket.reference, email })}
          loading={isPending}
          onClick={() => takeBack({ handOverIds: [offered.id] })}
        >
          {t("takeBack")}
        </SettingButton>
      }
    >
      {error !== null && <FormAlert failure={error} words={wordsFor(error)} />}
    </SettingRow>
  );
}
