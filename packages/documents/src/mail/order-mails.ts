import type { Locale } from "@tessera/contracts";
import { calendarFile } from "../order-calendar.ts";
import type { Composers } from "./mail-parts.ts";

/** What becomes of orders. */
export const orderMails: Composers<"order_paid" | "order_refunded"> = {
  order_paid: (
    { reference, totalCents, tickets, late, competitionSessions, ticketsLink, orderLink },
    words,
    locale,
    help,
  ) => ({
    subject: words("order_paid.subject", { reference }),
    text: [
      ...(late ? [words("order_paid.late")] : []),
      words("order_paid.text", { total: formatMoney(totalCents, locale), tickets }),
    ].join(" "),
    action: { label: words("order_paid.action"), link: ticketsLink },
    other: { text: words("order_paid.order"), link: orderLink },
    attachments: [calendarFile({ reference, competitionSessions }, locale)],
    note: help,
  }),
  order_refunded: ({ reference, amountCents, reason, tickets, orderLink }, words, locale, help) => ({
    subject: words("order_refunded.subject", { reference }),
    text:
      amountCents === 0 && reason !== "session_cancelled"
        ? words("order_refunded.free", { tickets })
        : [
            words(`order_refunded.reason.${reason}`, { reference, tickets }),
            amountCents === 0
              ? words("order_refunded.nothing")
              : words("order_refunded.text", { amount: formatMoney(amountCents, locale) }),
          ].join(" "),
    action: { label: words("order_refunded.action"), link: orderLink },
    note: help,
  }),
};

const languages: Record<Locale, string> = { fr: "fr-FR", en: "en-GB" };

function formatMoney(cents: number, locale: Locale): string {
  return new Intl.NumberFormat(languages[locale], { style: "currency", currency: "EUR" }).format(cents / 100);
}
