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
  /** Who the visitor has tickets from that others bought, by ticket. */
  readonly givers: ReadonlyMap<string, string>;
  /** What stands below the tickets of one competition session. */
  readonly renderFoot: (tickets: readonly Ticket[]) => ReactNode;
};

/** Tickets by competition session, those to come first. */
export function TicketGroups({ tickets, keys, nowMs, givers, renderFoot }: TicketGroupsProps): ReactNode {
  const t = useTranslations("shop.tickets");
  const { upcoming, past } = groupTickets(tickets, nowMs);
  const shared = { tickets, keys, givers };
  return (
    <>
      {upcoming.map((group) => (
        <Group key={group.competitionSession.id} {...shared} group={group} foot={renderFoot(group.tickets)} />
      ))}
      {past.length > 0 && (
        <section aria-labelledby="past" className={classes.past}>
          <Title order={2} id="past">
            {t("past")}
          </Title>
          {past.map((group) => (
            <Group key={group.competitionSession.id} {...shared} group={group} />
          ))}
        </section>
      )}
    </>
  );
}

type GroupProps = Pick<TicketGroupsProps, "tickets" | "keys" | "givers"> & {
  readonly group: TicketGroup;
  readonly foot?: ReactNode;
};

function Group({ group, tickets, keys, givers, foot }: GroupProps): ReactNode {
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
            together={ticketsTogether(tickets, ticket)}
            giver={givers.get(ticket.id)}
          />
        ))}
      </ol>
      {foot}
    </section>
  );
}

type TicketItemProps = {
  readonly ticket: Ticket;
  readonly standing: TicketStanding;
  /** It has the number that one sees on leafing through them. */
  readonly together: readonly Ticket[];
  readonly giver: string | undefined;
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

function TicketItem({ ticket, standing, together, giver }: TicketItemProps): ReactNode {
  const t = useTranslations("shop.tickets");
  const shop = useTranslations("shop");
  const handOver = useTranslations("shop.handOver.ticket");
  const offerName = useOfferName();
  const { date } = useFormats();
  const { timeZone } = ticket.competitionSession;
  const state = ticket.state === "admitted" ? "admitted" : standing;
  const { offered } = ticket.handOver;
  const details = [
    `${offerName(ticket)}, ${shop("category", { category: ticket.category })}`,
    ticket.reference,
    ticket.holderName,
    ...(giver === undefined ? [] : [handOver("from", { giver })]),
    ...(offered === null ? [] : [handOver("offeredTo", { email: offered.email })]),
  ];
  return (
    <TicketRow
      ticketId={ticket.id}
      name={t("number", { position: together.findIndex(({ id }) => id === ticket.id) + 1, count: together.length })}
      details={details.join(" · ")}
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
