import { Title } from "@mantine/core";
import type { Order } from "@tessera/contracts";
import { DateTimeText, Pictogram, Price, useFormats } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import classes from "./Refunds.module.css";

const signs = { requested: "clock", sent: "clock", succeeded: "ok", failed: "warning" } as const;

/** Money that goes back: how much, why, and where it is. Nothing where there is none. */
export function Refunds({ order }: { readonly order: Order }): ReactNode {
  const t = useTranslations("shop.order.refunds");
  const { date } = useFormats();
  if (order.refunds.length === 0) return null;
  return (
    <section aria-labelledby="refunds" className={classes.refunds}>
      <Title order={2} size="h3" id="refunds">
        {t("title")}
      </Title>
      <ul className={classes.list} aria-live="polite">
        {order.refunds.map((refund) => (
          <li key={refund.id} className={classes.refund}>
            <div>
              <strong>{t(`reasons.${refund.reason}`)}</strong>
              <div className={classes.quiet}>
                <DateTimeText at={refund.createdAt} timeZone={deviceZone} show="moment" />
              </div>
              <div className={classes.state} data-state={refund.state}>
                <Pictogram name={signs[refund.state]} size={18} />
                <span>
                  {t(`states.${refund.state}`, {
                    date: date(refund.settledAt ?? refund.createdAt, deviceZone, "date"),
                    reference: order.reference,
                  })}
                </span>
              </div>
            </div>
            <strong>
              <Price cents={refund.amountCents} currency={order.currency} />
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
