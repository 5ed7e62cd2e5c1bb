import { Button, SegmentedControl, Select } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import { type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { salesGroupings, type SalesSearch, salesSorts } from "../../shared/addresses.ts";
import { SearchField } from "../../shared/SearchField.tsx";
import { useSalesExport } from "./use-sales-export.ts";
import classes from "./Sales.module.css";

type SalesControlsProps = { readonly view: SalesSearch; readonly onView: (view: SalesSearch) => void };

/** What is counted, in which order, what is looked for; each change begins at the first page. */
export function SalesControls({ view, onView }: SalesControlsProps): ReactNode {
  const t = useTranslations("admin.sales");
  const { by = "offers", sort = "amount", search = "" } = view;
  const exported = useSalesExport(view);
  const change = (changes: SalesSearch): void => {
    const { page: _, ...kept } = view;
    onView({ ...kept, ...changes });
  };
  return (
    <div className={classes.controls} role="search" aria-label={t("filters")}>
      <SegmentedControl
        className={classes.by ?? ""}
        bg="var(--tessera-sunken)"
        aria-label={t("by")}
        data={salesGroupings.map((value) => ({ value, label: t(`groupings.${value}`) }))}
        value={by}
        onChange={(value) => change({ by: salesGroupings.find((grouping) => grouping === value) ?? "offers" })}
      />
      <SearchField value={search} onSearch={(next) => change({ search: next })} />
      <Select
        label={t("sort")}
        data={salesSorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
        value={sort}
        allowDeselect={false}
        onChange={(value) => change({ sort: salesSorts.find((known) => known === value) ?? "amount" })}
      />
      <Button
        variant="outline"
        color="ink"
        leftSection={<Pictogram name="download" size={18} />}
        loading={exported.isPending}
        onClick={() => exported.mutate()}
      >
        {t("export")}
      </Button>
      {exported.isError && (
        <p role="alert" className={classes.problem}>
          {t("exportFailed")}
        </p>
      )}
    </div>
  );
}
