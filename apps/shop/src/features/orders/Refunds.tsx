import { Title } from "@mantine/core";
import type { Order } from "@tessera/contracts";
import { DateTimeText, Pictogram, Price } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import classes from "./Refunds.module.css";

const signs = { requested: "clock", sent: "clock", succeeded: "ok", failed: "warning" } as const;

/** Money that goes back: how much, why, and where it is. Nothing where there is none. */
export function Refunds({ order }: { readonly order: Order }): ReactNode {
  const t = useTranslations("shop.order.refunds");
  if (order.refunds.length === 0) return null;
  return (
    <section aria-labelledby="refunds" className={classes.refunds}>
      <Title order={2} size="h3" id="refunds">
        {t("title")}
      </Title>
      <ul className={classes.list} aria-live="polite">
        {order.refunds.map(({ id, amountCents, reason, state, createdAt, settledAt }) => (
          <li key={id} className={classes.refund}>
            <div>
              <strong>{t(`reasons.${reason}`)}</strong>
              <div className={classes.quiet}>
                <DateTimeText at={createdAt} timeZone={deviceZone} show="moment" />
              </div>
              <div className={classes.state} data-state={state}>
                <Pictogram name={signs[state]} size={18} />
                <span>
                  {state === "succeeded" && settledAt !== null
                    ? t.rich("states.succeeded", {
                        date: () => <DateTimeText at={settledAt} timeZone={deviceZone} show="date" />,
                      })
                    : state === "failed"
                      ? t("states.failed", { reference: order.reference })
                      : t(state === "sent" ? "states.sent" : "states.requested")}
                </span>
              </div>
            </div>
            <strong>
              <Price cents={amountCents} currency={order.currency} />
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
