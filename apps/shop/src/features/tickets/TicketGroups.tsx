import { Title } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../shared/links.tsx";
import { SessionLine } from "../../shared/SessionLine.tsx";
import { TicketRow } from "../../shared/TicketRow.tsx";
import type { DeviceKey } from "./device-keys.ts";
import {
  groupTickets,
  type TicketGroup,
  type TicketStanding,
  ticketStanding,
  ticketsTogether,
} from "./ticket-standing.ts";
import rows from "../../shared/LinkedRows.module.css";
import classes from "./TicketGroups.module.css";

type TicketGroupsProps = {
  readonly tickets: readonly Ticket[];
  readonly keys: ReadonlyMap<string, DeviceKey>;
  readonly nowMs: number;
};

/** Tickets by competition session, those to come first. */
export function TicketGroups({ tickets, keys, nowMs }: TicketGroupsProps): ReactNode {
  const t = useTranslations("shop.tickets");
  const { upcoming, past } = groupTickets(tickets, nowMs);
  return (
    <>
      {upcoming.map((group) => (
        <Group key={group.competitionSession.id} group={group} tickets={tickets} keys={keys} />
      ))}
      {past.length > 0 && (
        <section aria-labelledby="past" className={classes.past}>
          <Title order={2} id="past">
            {t("past")}
          </Title>
          {past.map((group) => (
            <Group key={group.competitionSession.id} group={group} tickets={tickets} keys={keys} />
          ))}
        </section>
      )}
    </>
  );
}

type GroupProps = Pick<TicketGroupsProps, "tickets" | "keys"> & { readonly group: TicketGroup };

function Group({ group, tickets, keys }: GroupProps): ReactNode {
  const t = useTranslations("shop.tickets");
  const { competitionSession } = group;
  const good = group.tickets.filter(({ state }) => state !== "cancelled");
  const [first] = good;
  return (
    <section className={classes.group} aria-label={competitionSession.code}>
      <div className={classes.head}>
        <SessionLine
          competitionSession={competitionSession}
          renderName={(name) => (
            <Title order={2} size="h3" display="inline">
              {name}
            </Title>
          )}
        />
        {first !== undefined && (
          <ButtonLink to="/tickets/$ticketId" params={{ ticketId: first.id }}>
            {t("openAll", { count: good.length })}
          </ButtonLink>
        )}
      </div>
      <ol className={rows.list}>
        {group.tickets.map((ticket) => (
          <TicketItem
            key={ticket.id}
            ticket={ticket}
            standing={ticketStanding(ticket, keys.get(ticket.id))}
            ofOrder={ticketsTogether(tickets, ticket)}
          />
        ))}
      </ol>
    </section>
  );
}

type TicketItemProps = {
  readonly ticket: Ticket;
  readonly standing: TicketStanding;
  /** It has the number that one sees on leafing through its order. */
  readonly ofOrder: readonly Ticket[];
};

const signs = {
  cancelled: "no",
  blocked: "lock",
  here: "ok",
  unfinished: "clock",
  elsewhere: "phone",
  paper: "ticket",
  not_open: "clock",
  open: "key",
  closed: "no",
  admitted: "gate",
} as const;

const tones = {
  cancelled: "ended",
  blocked: "ended",
  here: "good",
  unfinished: "waiting",
  elsewhere: "plain",
  paper: "plain",
  not_open: "plain",
  open: "waiting",
  closed: "ended",
  admitted: "good",
} as const;

function TicketItem({ ticket, standing, ofOrder }: TicketItemProps): ReactNode {
  const t = useTranslations("shop.tickets");
  const shop = useTranslations("shop");
  const offerName = useOfferName();
  const { date } = useFormats();
  const { timeZone } = ticket.competitionSession;
  const state = ticket.state === "admitted" ? "admitted" : standing;
  return (
    <TicketRow
      ticketId={ticket.id}
      name={t("number", { position: ofOrder.findIndex(({ id }) => id === ticket.id) + 1, count: ofOrder.length })}
      details={`${offerName(ticket)}, ${shop("category", { category: ticket.category })} · ${ticket.reference}`}
      tone={tones[state]}
      cancelled={state === "cancelled"}
      sign={signs[state]}
      state={
        state === "not_open"
          ? t("states.not_open", { date: date(ticket.activation.opensAt, timeZone, "dateTime") })
          : t(`states.${state}`)
      }
    />
  );
}
