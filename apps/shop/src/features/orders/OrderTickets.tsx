import { Group, Title } from "@mantine/core";
import type { HandOver, Ticket } from "@tessera/contracts";
import { Pictogram, useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { TicketRow } from "../../shared/TicketRow.tsx";
import rows from "../../shared/LinkedRows.module.css";
import classes from "./OrderTickets.module.css";

const signs = { issued: "ticket", admitted: "gate", cancelled: "no" } as const;

type OrderTicketsProps = {
  readonly tickets: readonly Ticket[];
  /** Those that others have got since. */
  readonly given: readonly HandOver[];
  /** What can be done with all of them. */
  readonly children: ReactNode;
};

/** The tickets that an order gave, one by one, which of them still open a gate, and who has the others. */
export function OrderTickets({ tickets, given, children }: OrderTicketsProps): ReactNode {
  const t = useTranslations("shop.order.tickets");
  const shop = useTranslations("shop");
  const offerName = useOfferName();
  const handOver = useTranslations("shop.handOver");
  const { date } = useFormats();
  if (tickets.length === 0 && given.length === 0) return null;
  return (
    <section aria-labelledby="order-tickets" className={classes.tickets}>
      <Title order={2} size="h3" id="order-tickets">
        {t("title")}
      </Title>
      <ul className={rows.list}>
        {tickets.map((ticket) => {
          const { code, startsAt, timeZone } = ticket.competitionSession;
          const { offered } = ticket.handOver;
          return (
            <TicketRow
              key={ticket.id}
              ticketId={ticket.id}
              name={`${code} · ${offerName(ticket)}, ${shop("category", { category: ticket.category })}`}
              details={[
                date(startsAt, timeZone, "dateTime"),
                ticket.reference,
                ticket.holderName,
                ...(offered === null ? [] : [handOver("ticket.offeredTo", { email: offered.email })]),
              ].join(" · ")}
              tone={ticket.state === "cancelled" ? "ended" : "good"}
              cancelled={ticket.state === "cancelled"}
              sign={signs[ticket.state]}
              state={t(`states.${ticket.state}`)}
            />
          );
        })}
        {given.map((one) => {
          const { code, startsAt, timeZone } = one.competitionSession;
          return (
            <li key={one.id} className={[rows.row, classes.given].join(" ")}>
              <span>{`${code} · ${offerName(one)}, ${shop("category", { category: one.category })}`}</span>
              <span className={classes.quiet}>
                {date(startsAt, timeZone, "dateTime")} · {one.ticketReference}
              </span>
              <span className={classes.to}>
                <Pictogram name="people" size={18} />
                {handOver("order.givenTo", {
                  email: one.other ?? handOver("page.nobody"),
                  date: date(one.endedAt ?? one.offeredAt, deviceZone, "date"),
                })}
              </span>
            </li>
          );
        })}
      </ul>
      <Group gap="sm" mt="sm">
        {children}
      </Group>
    </section>
  );
}
