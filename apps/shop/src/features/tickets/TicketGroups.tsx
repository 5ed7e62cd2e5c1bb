import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Ticket } from "@tessera/contracts";
import { Pictogram, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ButtonLink } from "../../shared/links.tsx";
import { SessionLine } from "../../shared/SessionLine.tsx";
import { useOfferName } from "../../shared/use-names.ts";
import type { DeviceKey } from "./device-keys.ts";
import { groupTickets, type TicketGroup, type TicketStanding, ticketStanding } from "./ticket-standing.ts";
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
        <Group key={group.competitionSession.id} group={group} keys={keys} />
      ))}
      {past.length > 0 && (
        <section aria-labelledby="past" className={classes.past}>
          <Title order={2} id="past">
            {t("past")}
          </Title>
          {past.map((group) => (
            <Group key={group.competitionSession.id} group={group} keys={keys} />
          ))}
        </section>
      )}
    </>
  );
}

function Group({ group, keys }: { readonly group: TicketGroup } & Pick<TicketGroupsProps, "keys">): ReactNode {
  const t = useTranslations("shop.tickets");
  const { competitionSession, tickets } = group;
  const [first] = tickets;
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
            {t("openAll", { count: tickets.length })}
          </ButtonLink>
        )}
      </div>
      <ol className={classes.tickets}>
        {tickets.map((ticket, index) => (
          <TicketItem
            key={ticket.id}
            ticket={ticket}
            standing={ticketStanding(ticket, keys.get(ticket.id))}
            position={index + 1}
            count={tickets.length}
          />
        ))}
      </ol>
    </section>
  );
}

type TicketItemProps = {
  readonly ticket: Ticket;
  readonly standing: TicketStanding;
  readonly position: number;
  readonly count: number;
};

const signs = {
  cancelled: "no",
  here: "ok",
  unfinished: "clock",
  elsewhere: "phone",
  not_open: "clock",
  open: "key",
  closed: "no",
  admitted: "gate",
} as const;

function TicketItem({ ticket, standing, position, count }: TicketItemProps): ReactNode {
  const t = useTranslations("shop.tickets");
  const shop = useTranslations("shop");
  const offerName = useOfferName();
  const { date } = useFormats();
  const { timeZone } = ticket.competitionSession;
  const state = ticket.state === "admitted" ? "admitted" : standing;
  return (
    <li className={classes.ticket}>
      <span>
        <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }} className={classes.link}>
          {t("number", { position, count })}
        </Link>
        <span className={classes.quiet}>
          {offerName(ticket)}, {shop("category", { category: ticket.category })} · {ticket.reference}
        </span>
      </span>
      <span className={classes.state} data-state={state}>
        <Pictogram name={signs[state]} size={18} />
        {state === "not_open"
          ? t("states.not_open", { date: date(ticket.activation.opensAt, timeZone, "dateTime") })
          : t(`states.${state}`)}
      </span>
    </li>
  );
}
