import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type OrdersSearch, orderStates } from "../../shared/addresses.ts";
import { SearchField } from "../../shared/SearchField.tsx";
import classes from "./OrderFilters.module.css";

type OrderFiltersProps = {
  readonly filter: OrdersSearch;
  readonly onFilter: (filter: OrdersSearch) => void;
};

/** Search and state; each change begins at the first page. */
export function OrderFilters({ filter, onFilter }: OrderFiltersProps): ReactNode {
  const t = useTranslations("admin.orders");
  const change = (changes: OrdersSearch): void => onFilter({ ...filter, ...changes, page: undefined });
  return (
    <div className={classes.filters} role="search" aria-label={t("filters")}>
      <SearchField
        value={filter.search ?? ""}
        hint={t("searchHint")}
        onSearch={(search) => change({ search: search === "" ? undefined : search })}
      />
      <Select
        label={t("state")}
        placeholder={t("anyState")}
        data={orderStates.map((value) => ({ value, label: t(`states.${value}`) }))}
        value={filter.state ?? null}
        onChange={(value) => change({ state: orderStates.find((state) => state === value) })}
        clearable
        clearButtonProps={{ "aria-label": t("clearState") }}
      />
    </div>
  );
}
