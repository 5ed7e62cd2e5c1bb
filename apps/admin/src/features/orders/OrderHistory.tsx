import { Title } from "@mantine/core";
import type { AdminOrder } from "@tessera/contracts";
import { useFormats, useMoment } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useMessages, useTranslations } from "use-intl";
import { type Step, stepsOf } from "./history.ts";
import sections from "./Order.module.css";
import classes from "./OrderHistory.module.css";

/** Everything that happened to an order, its payments, refunds and tickets; oldest first. */
export function OrderHistory({ found }: { readonly found: AdminOrder }): ReactNode {
  const t = useTranslations("admin.order.history");
  const moment = useMoment();
  const say = useSayStep(found);
  const heading = useId();
  return (
    <section className={sections.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      <ol className={classes.steps} aria-labelledby={heading}>
        {stepsOf(found.history).map((step) => (
          <li key={`${step.of} ${step.ids[0]} ${step.state} ${step.at}`} className={classes.step} data-of={step.of}>
            <time dateTime={step.at} className={classes.moment}>
              <span>{moment(step.at, "date")}</span>
              <span className={classes.clock}>{moment(step.at, "exactTime")}</span>
            </time>
            <span>{say(step)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function useSayStep({ tickets, refunds, order: { currency } }: AdminOrder): (step: Step) => string {
  const t = useTranslations("admin.order.history");
  const { history: words } = useMessages().admin.order;
  const { price } = useFormats();
  const reference = (id: string | undefined): string => tickets.find((ticket) => ticket.id === id)?.reference ?? "";
  return ({ of, state, ids }) => {
    // The history is older than today's words.
    if (of === "order" && isKeyOf(words.order, state)) return t(`order.${state}`);
    if (of === "payment" && isKeyOf(words.payment, state)) return t(`payment.${state}`);
    if (of === "ticket" && isKeyOf(words.ticket, state)) {
      return t(`ticket.${state}`, { count: ids.length, reference: reference(ids[0]) });
    }
    if (of === "refund" && isKeyOf(words.refund, state)) {
      const refund = refunds.find(({ id }) => id === ids[0]);
      return refund === undefined
        ? t(`refund.${state}`)
        : `${t(`refund.${state}`)} · ${price(refund.amountCents, currency)}`;
    }
    return t("other", { kind: of, state });
  };
}

function isKeyOf<Words extends object>(words: Words, key: string): key is keyof Words & string {
  return Object.hasOwn(words, key);
}
