import "mantine-datatable/styles.css";
import { Pagination, Text, VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { DataTable } from "mantine-datatable";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./RecordTable.module.css";

export type RecordColumn<Row> = {
  readonly key: string;
  /** The head of the column, and the name of the fact where rows are cards. */
  readonly title: string;
  /** What it holds says itself what it is, as buttons do: the title is only read out. */
  readonly bare?: boolean;
  readonly render: (row: Row) => ReactNode;
  /** Numbers stand on the right. */
  readonly numeric?: boolean;
  readonly width?: number | string;
  /** The sum below the column. */
  readonly footer?: ReactNode;
};

type RecordTableProps<Row> = {
  /** What the table holds, for who cannot see the heading above it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** The first one names the row. */
  readonly columns: readonly RecordColumn<Row>[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly onPage: (page: number) => void;
  /** The rows are those of the page before, until the new ones are here. */
  readonly stale: boolean;
};

/** Rows of records, a page at a time: a table where there is room for one, a list of cards on a phone. */
export function RecordTable<Row extends object>(props: RecordTableProps<Row>): ReactNode {
  const { label, rows, idOf, columns, total, page, pageSize, onPage, stale } = props;
  const t = useTranslations("admin.list");
  const wide = useMediaQuery("(min-width: 66em)", undefined, { getInitialValueInEffect: false });
  const first = (page - 1) * pageSize + 1;
  return (
    <div className={classes.records} data-stale={stale || undefined} aria-busy={stale}>
      {wide ? (
        <DataTable<Row>
          className={classes.table ?? ""}
          aria-label={label}
          records={[...rows]}
          idAccessor={idOf}
          backgroundColor="transparent"
          borderColor="var(--tessera-line)"
          rowBorderColor="var(--tessera-line)"
          verticalAlign="top"
          // There are always rows; the words of its own for none would be read out beside them, in English.
          emptyState={<></>}
          verticalSpacing="sm"
          horizontalSpacing="xs"
          columns={columns.map(({ key, title, bare = false, render, numeric = false, width, footer }) => ({
            accessor: key,
            title: bare ? <VisuallyHidden>{title}</VisuallyHidden> : title,
            render: (row) => render(row),
            textAlign: numeric ? "right" : "left",
            ...(numeric ? { noWrap: true } : {}),
            ...(width === undefined ? {} : { width }),
            ...(footer === undefined ? {} : { footer }),
          }))}
        />
      ) : (
        <Cards {...props} />
      )}
      <div className={classes.foot}>
        <Text size="sm" c="dimmed" role="status">
          {t("range", { first, last: first + rows.length - 1, total })}
        </Text>
        {total > pageSize && (
          <Pagination
            total={Math.ceil(total / pageSize)}
            value={page}
            onChange={onPage}
            color="ink"
            size="lg"
            siblings={wide ? 1 : 0}
            aria-label={t("pages")}
            getItemProps={(item) => ({ "aria-label": t("page", { page: item }) })}
            getControlProps={(control) => ({ "aria-label": t(control === "previous" ? "previousPage" : "nextPage") })}
          />
        )}
      </div>
    </div>
  );
}

function Cards<Row extends object>({ label, rows, idOf, columns }: RecordTableProps<Row>): ReactNode {
  const t = useTranslations("admin.list");
  const [head, ...facts] = columns;
  const sums = columns.filter(({ footer }) => footer !== undefined);
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows.map((row) => (
        <li key={idOf(row)} className={classes.card}>
          {head?.render(row)}
          <dl className={classes.facts}>
            {facts
              .filter(({ bare = false }) => !bare)
              .map(({ key, title, render }) => (
                <div key={key} className={classes.fact}>
                  <dt>{title}</dt>
                  <dd>{render(row)}</dd>
                </div>
              ))}
          </dl>
          {facts
            .filter(({ bare = false }) => bare)
            .map(({ key, render }) => (
              <div key={key}>{render(row)}</div>
            ))}
        </li>
      ))}
      {sums.length > 0 && (
        <li className={classes.card}>
          <strong>{t("sum")}</strong>
          <dl className={classes.facts}>
            {sums
              .filter((column) => column !== head)
              .map(({ key, title, footer }) => (
                <div key={key} className={classes.fact}>
                  <dt>{title}</dt>
                  <dd>{footer}</dd>
                </div>
              ))}
          </dl>
        </li>
      )}
    </ul>
  );
}
