import { Title } from "@mantine/core";
import type { AdminOrder, PaymentState } from "@tessera/contracts";
import { Pictogram, Price, type StateName, useFormats, useMoment } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import classes from "./Order.module.css";

const signs: Record<PaymentState, { pictogram: StateName; tone: "yes" | "no" | "open" }> = {
  pending: { pictogram: "clock", tone: "open" },
  succeeded: { pictogram: "ok", tone: "yes" },
  refused: { pictogram: "no", tone: "no" },
  abandoned: { pictogram: "no", tone: "open" },
  expired: { pictogram: "no", tone: "open" },
  partly_refunded: { pictogram: "ok", tone: "yes" },
  refunded: { pictogram: "previous", tone: "open" },
};

/** Every attempt to pay. */
export function OrderPayments({ found: { order, payments } }: { readonly found: AdminOrder }): ReactNode {
  const t = useTranslations("admin.order.payments");
  const { price } = useFormats();
  const moment = useMoment();
  const heading = useId();
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("title")}
      </Title>
      {payments.length === 0 ? (
        <p className={classes.text}>{t("none")}</p>
      ) : (
        <ul className={classes.list} aria-labelledby={heading}>
          {payments.map((payment) => {
            const { pictogram, tone } = signs[payment.state];
            return (
              <li key={payment.id} className={classes.row}>
                <div>
                  <p className={classes.text}>{t(`providers.${payment.provider}`)}</p>
                  <p className={`${classes.text} ${classes.quiet}`}>{moment(payment.settledAt ?? payment.createdAt)}</p>
                </div>
                <div className={classes.middle}>
                  <span className={classes.state} data-tone={tone}>
                    <Pictogram name={pictogram} size={18} />
                    {t(`states.${payment.state}`)}
                  </span>
                  {payment.refundedCents > 0 && (
                    <p className={`${classes.text} ${classes.quiet}`}>
                      {t("refundedPart", { price: price(payment.refundedCents, order.currency) })}
                    </p>
                  )}
                </div>
                <div className={classes.amount}>
                  <Price cents={payment.amountCents} currency={order.currency} />
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
