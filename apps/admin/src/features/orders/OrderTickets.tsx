import { Button, Checkbox, Title } from "@mantine/core";
import type { AdminOrder } from "@tessera/contracts";
import { Pictogram, Price, useMoment } from "@tessera/ui";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { BlockTicket } from "./BlockTicket.tsx";
import { RefundDialog } from "./RefundDialog.tsx";
import { whyNot } from "./refunds.ts";
import { TicketHistory } from "./TicketHistory.tsx";
import classes from "./Order.module.css";

type Ticket = AdminOrder["tickets"][number];

const signs = {
  issued: { pictogram: "ticket", tone: "yes" },
  admitted: { pictogram: "gate", tone: "done" },
  cancelled: { pictogram: "no", tone: "no" },
  blocked: { pictogram: "lock", tone: "no" },
} as const;

/** The tickets of an order, and which of them to pay back. */
export function OrderTickets({ found }: { readonly found: AdminOrder }): ReactNode {
  const t = useTranslations("admin.order.tickets");
  const heading = useId();
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const { tickets, order } = found;
  const refundable = tickets.filter((ticket) => ticket.refundable);
  // Somebody else may have paid one of them back meanwhile.
  const chosen = refundable.filter(({ id }) => wanted.has(id));
  const sumCents = chosen.reduce((sum, { priceCents }) => sum + priceCents, 0);

  const choose = (ids: readonly string[], is: boolean): void =>
    setWanted((before) => new Set(is ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));

  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      {tickets.length === 0 && <p className={classes.text}>{t("none")}</p>}
      {refundable.length > 1 && (
        <Checkbox
          label={t("chooseAll", { count: refundable.length })}
          checked={chosen.length === refundable.length}
          indeterminate={chosen.length > 0 && chosen.length < refundable.length}
          onChange={({ currentTarget: { checked } }) =>
            choose(
              refundable.map(({ id }) => id),
              checked,
            )
          }
        />
      )}
      {tickets.length > 0 && (
        <ul className={classes.list} aria-labelledby={heading}>
          {tickets.map((ticket) => (
            <TicketRow
              key={ticket.id}
              orderId={order.id}
              ticket={ticket}
              buyerId={found.buyer?.accountId ?? null}
              currency={order.currency}
              chosen={chosen.includes(ticket)}
              onChoose={(is) => choose([ticket.id], is)}
            />
          ))}
        </ul>
      )}
      {refundable.length > 0 && (
        <div className={classes.bar}>
          <span role="status">{chosen.length === 0 ? t("chooseHint") : t("chosen", { count: chosen.length })}</span>
          {chosen.length > 0 && (
            <span className={classes.sum}>
              <Price cents={sumCents} currency={order.currency} />
            </span>
          )}
          <Button color="terracotta" disabled={chosen.length === 0} onClick={() => setAsking(true)}>
            {t("refund", { count: Math.max(1, chosen.length) })}
          </Button>
        </div>
      )}
      <RefundDialog
        opened={asking}
        onClose={() => setAsking(false)}
        found={found}
        ticketIds={chosen.map(({ id }) => id)}
        sumCents={sumCents}
      />
    </section>
  );
}

type TicketRowProps = {
  readonly orderId: string;
  readonly ticket: Ticket;
  readonly buyerId: string | null;
  readonly currency: AdminOrder["order"]["currency"];
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
};

function TicketRow({ orderId, ticket, buyerId, currency, chosen, onChoose }: TicketRowProps): ReactNode {
  const t = useTranslations("admin.order.tickets");
  const why = whyNot(ticket);
  const moment = useMoment();
  const { blocked } = ticket;
  const state = ticket.state === "issued" && blocked !== null ? "blocked" : ticket.state;
  const { pictogram, tone } = signs[state];
  const holder = ticket.holder?.accountId !== buyerId && (
    <p className={`${classes.text} ${classes.quiet}`}>
      {ticket.holder === null
        ? t("holderDeleted")
        : t("holder", { name: `${ticket.holder.displayName}, ${ticket.holder.email}` })}
    </p>
  );
  return (
    <li className={classes.row}>
      <div className={classes.withBox}>
        <Checkbox
          aria-label={t("choose", { reference: ticket.reference })}
          checked={chosen}
          disabled={why !== null}
          onChange={({ currentTarget: { checked } }) => onChoose(checked)}
        />
        <SessionCell competitionSession={ticket.competitionSession} category={ticket.category} />
      </div>
      <div className={classes.middle}>
        <p className={classes.text}>
          <span className={classes.state} data-tone={tone}>
            <Pictogram name={pictogram} size={18} />
            {t(`states.${state}`)}
          </span>
        </p>
        <p className={`${classes.text} ${classes.quiet}`}>
          {ticket.holderName} · {ticket.reference}
        </p>
        {holder}
        {blocked !== null && (
          <p className={`${classes.text} ${classes.quiet}`}>
            {t("blockedSince", { date: moment(blocked.at), note: blocked.note })}
          </p>
        )}
        {why !== null && <p className={`${classes.text} ${classes.quiet}`}>{t(`why.${why}`)}</p>}
        <BlockTicket orderId={orderId} ticket={ticket} />
      </div>
      <div className={classes.amount}>
        <Price cents={ticket.priceCents} currency={currency} />
      </div>
      <TicketHistory ticket={ticket} />
    </li>
  );
}
