import { Link } from "@tanstack/react-router";
import type { Order } from "@tessera/contracts";
import { DateTimeText, Price } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { deviceZone } from "../../shared/days.ts";
import { shortStateOf, ticketCount } from "./order-facts.ts";
import rows from "../../shared/LinkedRows.module.css";
import classes from "./OrderList.module.css";

/** The visitor's orders, newest first. */
export function OrderList({ orders }: { readonly orders: readonly Order[] }): ReactNode {
  const t = useTranslations("shop.order");
  const shop = useTranslations("shop");
  return (
    <ul className={[rows.list, classes.orders].join(" ")}>
      {orders.map((order) => (
        <li key={order.id} className={[rows.row, classes.order].join(" ")}>
          <span>
            <Link to="/orders/$orderId" params={{ orderId: order.id }} className={[rows.link, classes.link].join(" ")}>
              {t("title", { reference: order.reference })}
            </Link>
            <span className={classes.quiet}>
              <DateTimeText at={order.createdAt} timeZone={deviceZone} show="dateTime" /> ·{" "}
              <span className={classes.count}>{shop("seats", { count: ticketCount(order) })}</span>
            </span>
          </span>
          <span className={classes.sum}>
            <Price cents={order.totalCents} currency={order.currency} />
            <span className={classes.state} data-state={shortStateOf(order)}>
              {t(`states.${shortStateOf(order)}`)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
