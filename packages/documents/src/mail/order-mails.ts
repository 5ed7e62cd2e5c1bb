import type { Locale } from "@tessera/contracts";
import type { Composers } from "./mail-parts.ts";

/** What becomes of orders. */
export const orderMails: Composers<"order_refunded"> = {
  order_refunded: ({ reference, amountCents, reason, tickets, orderLink }, words, locale, help) => ({
    subject: words("order_refunded.subject", { reference }),
    text: [
      words(`order_refunded.reason.${reason}`, { reference, tickets }),
      words("order_refunded.text", { amount: formatMoney(amountCents, locale) }),
    ].join(" "),
    action: { label: words("order_refunded.action"), link: orderLink },
    note: help,
  }),
};

const languages: Record<Locale, string> = { fr: "fr-FR", en: "en-GB" };

function formatMoney(cents: number, locale: Locale): string {
  return new Intl.NumberFormat(languages[locale], { style: "currency", currency: "EUR" }).format(cents / 100);
}
