import { Button, Group, Text, Title } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { FormAlert, useAccount, useErrorMessage, useOfferName, useZodForm } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { SessionLine } from "../../shared/SessionLine.tsx";
import { useRefusalWords } from "../../shared/use-refusal-words.ts";
import { CompanionFields } from "./CompanionFields.tsx";
import { changesOf, companionsForm, type CompanionRows, isOpenToChange, rowsOf } from "./companions-form.ts";
import { FixedTicket } from "./FixedTicket.tsx";
import { Said } from "./Said.tsx";
import { type Outcome, useSendCompanions } from "./use-send-companions.ts";
import { useTakeBack } from "./use-take-back.ts";
import classes from "./Offers.module.css";

type CompanionsFormProps = {
  /** By competition session. */
  readonly groups: readonly (readonly Ticket[])[];
  /** The server's clock, in milliseconds. */
  readonly now: () => number;
};

/** Says for several tickets who goes in with each, in one go; what is refused is marked beside it, and nothing is lost. */
export function CompanionsForm({ groups, now }: CompanionsFormProps): ReactNode {
  const t = useTranslations("shop.companions");
  const shop = useTranslations("shop");
  const offerName = useOfferName();
  const errorMessage = useErrorMessage();
  const wordsFor = useRefusalWords();
  const outcomeWords = useOutcomeWords();
  const { email, displayName } = useAccount();
  const [said, setSaid] = useState("");
  const takingBack = useTakeBack(setSaid);
  const send = useSendCompanions();
  const tickets = groups.flat();
  const { form, onSubmit, pending, failure } = useZodForm(companionsForm(email), {
    initialValues: { rows: rowsOf(tickets, displayName) },
    customIssues: { self: t("self") },
    submit: async ({ rows }) => {
      setSaid("");
      const outcome = await send(changesOf(rows, tickets, displayName));
      mark(rows, outcome);
      setSaid(outcomeWords(outcome));
      if (outcome.failure !== null) throw outcome.failure;
    },
  });

  function mark(rows: CompanionRows, { refusals }: Outcome): void {
    for (const [index, { ticketId, way }] of rows.entries()) {
      const refusal = refusals.get(ticketId);
      if (refusal === undefined) continue;
      const field = way === "mine" ? "way" : way === "companion" ? "name" : "email";
      form.setFieldError(`rows.${index}.${field}`, wordsFor(refusal) ?? errorMessage(refusal));
    }
  }

  /** Also of a row that has nothing to fill in any more: somebody else was quicker. */
  const problemOf = (index: number): ReactNode =>
    (["way", "name", "email"] as const).map((field) => form.errors[`rows.${index}.${field}`]).find(Boolean) ?? null;

  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <Said words={said} />
      <FormAlert failure={failure ?? takingBack.error} words={wordsFor(failure ?? takingBack.error)} />
      {groups.map((group) => (
        <section key={group[0]?.competitionSession.id} className={classes.offers}>
          {group[0] !== undefined && (
            <SessionLine
              competitionSession={group[0].competitionSession}
              renderName={(name) => (
                <Title order={2} size="h3" display="inline">
                  {name}
                </Title>
              )}
            />
          )}
          <ol className={classes.list}>
            {group.map((ticket, position) => {
              const index = form.values.rows.findIndex(({ ticketId }) => ticketId === ticket.id);
              const place = t("row", { position: position + 1, count: group.length });
              const kind = `${offerName(ticket)}, ${shop("category", { category: ticket.category })}`;
              const words = { title: place, details: `${kind} · ${ticket.reference}` };
              return (
                <li key={ticket.id} className={classes.item}>
                  {index >= 0 && isOpenToChange(ticket) ? (
                    <CompanionFields form={form} index={index} ticket={ticket} {...words} />
                  ) : (
                    <FixedTicket
                      ticket={ticket}
                      {...words}
                      problem={problemOf(index)}
                      now={now}
                      takingBack={takingBack}
                    />
                  )}
                </li>
              );
            })}
          </ol>
        </section>
      ))}
      {tickets.some(isOpenToChange) && (
        <Group gap="md">
          <Button type="submit" loading={pending}>
            {t("submit")}
          </Button>
          <Text role="status" size="sm" c="dimmed">
            {pending && t("working")}
          </Text>
        </Group>
      )}
    </form>
  );
}

/** What became of it, in words; nothing where only a refusal is to be told, which tells itself. */
function useOutcomeWords(): (outcome: Outcome) => string {
  const t = useTranslations("shop.companions");
  return ({ named, offeredTo, refusals, failure }) => {
    const emails = [...new Set(offeredTo)].join(", ");
    const done = [
      ...(named > 0 ? [t("named", { count: named })] : []),
      ...(emails === "" ? [] : [t("offered", { count: offeredTo.length, emails })]),
    ];
    if (refusals.size > 0) done.push(t(done.length > 0 ? "some" : "none"));
    else if (done.length === 0 && failure === null) return t("nothing");
    return done.join(" ");
  };
}
