import type { OrdersPage } from "@tessera/contracts";
import { Price, useFormats, useMoment } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TextLink } from "../../shared/links.tsx";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { OrderStateBadge } from "./OrderStateBadge.tsx";
import cells from "../../shared/cells.module.css";

type Row = OrdersPage["orders"][number];

type OrderTableProps = {
  readonly orders: readonly Row[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly onPage: (page: number) => void;
  readonly stale: boolean;
};

/** Orders, newest first, each with whose it is and how it stands. */
export function OrderTable({ orders, ...list }: OrderTableProps): ReactNode {
  const t = useTranslations("admin.orders");
  const { number } = useFormats();
  const moment = useMoment();
  const columns: RecordColumn<Row>[] = [
    {
      key: "reference",
      title: t("reference"),
      width: "13rem",
      render: ({ id, reference, createdAt }) => (
        <span className={cells.cell}>
          <TextLink
            to="/orders/$orderId"
            params={{ orderId: id }}
            className={cells.target ?? ""}
            aria-label={t("openOne", { reference })}
          >
            {reference}
          </TextLink>
          <time dateTime={createdAt} className={cells.second}>
            {moment(createdAt)}
          </time>
        </span>
      ),
    },
    {
      key: "buyer",
      title: t("buyer"),
      render: ({ buyer }) =>
        buyer === null ? (
          <span className={cells.second}>{t("deletedAccount")}</span>
        ) : (
          <span className={`${cells.cell} ${cells.anyLength}`}>
            <span className={cells.first}>{buyer.displayName}</span>
            <span className={cells.second}>{buyer.email}</span>
          </span>
        ),
    },
    { key: "state", title: t("state"), width: "12rem", render: ({ state }) => <OrderStateBadge state={state} /> },
    { key: "tickets", title: t("tickets"), numeric: true, render: ({ tickets }) => number(tickets) },
    {
      key: "total",
      title: t("total"),
      numeric: true,
      render: ({ totalCents, currency }) => <Price cents={totalCents} currency={currency} />,
    },
  ];
  return <RecordTable label={t("title")} rows={orders} idOf={({ id }) => id} columns={columns} {...list} />;
}
