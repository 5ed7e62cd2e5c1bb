import { Title } from "@mantine/core";
import type { Ticket } from "@tessera/contracts";
import { useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TicketRow } from "../../shared/TicketRow.tsx";
import rows from "../../shared/LinkedRows.module.css";
import classes from "./OrderTickets.module.css";

const signs = { issued: "ticket", admitted: "gate", cancelled: "no" } as const;

/** The tickets that an order gave, one by one, and which of them still open a gate. */
export function OrderTickets({ tickets }: { readonly tickets: readonly Ticket[] }): ReactNode {
  const t = useTranslations("shop.order.tickets");
  const shop = useTranslations("shop");
  const offerName = useOfferName();
  const { date } = useFormats();
  if (tickets.length === 0) return null;
  return (
    <section aria-labelledby="order-tickets" className={classes.tickets}>
      <Title order={2} size="h3" id="order-tickets">
        {t("title")}
      </Title>
      <ul className={rows.list}>
        {tickets.map((ticket) => {
          const { code, startsAt, timeZone } = ticket.competitionSession;
          return (
            <TicketRow
              key={ticket.id}
              ticketId={ticket.id}
              name={`${code} · ${offerName(ticket)}, ${shop("category", { category: ticket.category })}`}
              details={`${date(startsAt, timeZone, "dateTime")} · ${ticket.reference}`}
              tone={ticket.state === "cancelled" ? "ended" : "good"}
              cancelled={ticket.state === "cancelled"}
              sign={signs[ticket.state]}
              state={t(`states.${ticket.state}`)}
            />
          );
        })}
      </ul>
    </section>
  );
}
