import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Ticket } from "@tessera/contracts";
import { Pictogram, useFormats, useOfferName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
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
            <li key={ticket.id} className={[rows.row, classes.ticket].join(" ")} data-state={ticket.state}>
              <span>
                <Link
                  to="/tickets/$ticketId"
                  params={{ ticketId: ticket.id }}
                  className={[rows.link, classes.link].join(" ")}
                >
                  {code} · {offerName(ticket)}, {shop("category", { category: ticket.category })}
                </Link>
                <span className={classes.quiet}>
                  {date(startsAt, timeZone, "dateTime")} · {ticket.reference}
                </span>
              </span>
              <span className={classes.state} data-state={ticket.state}>
                <Pictogram name={signs[ticket.state]} size={18} />
                {t(`states.${ticket.state}`)}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
