import type { AdminOrder } from "@tessera/contracts";
import { Price, useMoment } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import { OrderStateBadge } from "./OrderStateBadge.tsx";
import { givenBack } from "./refunds.ts";
import classes from "./Order.module.css";

/** An order in short: how it stands, whose it is, what it came to. */
export function OrderFacts({ found: { order, buyer, refunds } }: { readonly found: AdminOrder }): ReactNode {
  const t = useTranslations("admin.order");
  const orders = useTranslations("admin.orders");
  const moment = useMoment();
  const refundedCents = givenBack(refunds);
  return (
    <dl className={classes.facts} aria-label={t("facts")}>
      <div>
        <dt>{t("state")}</dt>
        <dd>
          <OrderStateBadge state={order.state} />
        </dd>
      </div>
      <div className={classes.wide}>
        <dt>{t("buyer")}</dt>
        {buyer === null ? (
          <dd>{orders("deletedAccount")}</dd>
        ) : (
          <>
            <dd>{buyer.displayName}</dd>
            <dd className={classes.quiet}>{buyer.email}</dd>
            <dd className={classes.quiet}>
              <TextLink to="/journal" search={{ person: buyer.accountId }}>
                {t("journal")}
              </TextLink>
            </dd>
          </>
        )}
      </div>
      <div>
        <dt>{t("total")}</dt>
        <dd>
          <Price cents={order.totalCents} currency={order.currency} />
        </dd>
      </div>
      {refundedCents > 0 && (
        <div>
          <dt>{t("refunded")}</dt>
          <dd>
            <Price cents={refundedCents} currency={order.currency} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t("createdAt")}</dt>
        <dd>{moment(order.createdAt)}</dd>
      </div>
      {order.paidAt !== null && (
        <div>
          <dt>{t("paidAt")}</dt>
          <dd>{moment(order.paidAt)}</dd>
          {order.paidLate && <dd className={classes.quiet}>{t("paidLate")}</dd>}
        </div>
      )}
      {order.holdExpiresAt !== null && (
        <div>
          <dt>{t("holdExpiresAt")}</dt>
          <dd>{moment(order.holdExpiresAt)}</dd>
        </div>
      )}
    </dl>
  );
}
