import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type AuditAction, auditActions, type AuditEntryView } from "@tessera/contracts";
import { useTRPC } from "@tessera/ui";
import { type ReactNode, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { JournalSearch } from "../../shared/addresses.ts";
import { shortId } from "./short-id.ts";
import { thingOf } from "./thing-of.ts";
import classes from "./JournalFilters.module.css";

type JournalFiltersProps = {
  readonly filter: JournalSearch;
  /** Those on the page: whoever is in them can be chosen too. */
  readonly entries: readonly AuditEntryView[];
  readonly onFilter: (filter: JournalSearch) => void;
};

/** One act, one person; both begin at the newest entry. */
export function JournalFilters({ filter, entries, onFilter }: JournalFiltersProps): ReactNode {
  const t = useTranslations("admin.journal");
  const actions = useActionGroups();
  const people = usePeople(entries, filter.person);
  return (
    <div className={classes.filters} role="search" aria-label={t("filters")}>
      <Select
        label={t("action")}
        placeholder={t("anyAction")}
        nothingFoundMessage={t("noAction")}
        data={actions}
        value={filter.action ?? null}
        onChange={(value) => onFilter({ ...filter, action: auditActions.find((action) => action === value) })}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("clearAction") }}
      />
      <Select
        label={t("person")}
        placeholder={t("anyPerson")}
        nothingFoundMessage={t("noPerson")}
        data={people}
        value={filter.person ?? null}
        onChange={(value) => onFilter({ ...filter, person: value ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("clearPerson") }}
      />
    </div>
  );
}

type Choice = { value: string; label: string };

const groups = ["accounts", "staff", "catalogue", "sales", "gate", "keys"] as const;
type Group = (typeof groups)[number];

function groupOf(action: AuditAction): Group {
  if (/^(invitation|employee)/.test(action)) return "staff";
  if (/^(offer|programme|capacity|competition_session)/.test(action)) return "catalogue";
  if (/^(sales|order|refund|ticket)/.test(action)) return "sales";
  if (/^(scanner|shift|gate|incident)/.test(action)) return "gate";
  return /^keys?\./.test(action) ? "keys" : "accounts";
}

function useActionGroups(): { group: string; items: Choice[] }[] {
  const t = useTranslations("admin.journal");
  return useMemo(
    () =>
      groups.map((group) => ({
        group: t(`groups.${group}`),
        items: auditActions
          .filter((action) => groupOf(action) === group)
          .map((action) => ({ value: action, label: t(`actions.${action}`) })),
      })),
    [t],
  );
}

/** The staff, and whoever is in the entries; one that is only in the address goes by its id. */
function usePeople(entries: readonly AuditEntryView[], chosen: string | undefined): Choice[] {
  const trpc = useTRPC();
  const locale = useLocale();
  const { data } = useQuery(trpc.admin.staff.list.queryOptions());
  return useMemo(() => {
    const names = new Map<string, string>();
    if (chosen !== undefined) names.set(chosen, shortId(chosen));
    for (const person of entries.flatMap(({ action, actor, subject }) =>
      thingOf(action) === "account" ? [actor, subject] : [actor],
    )) {
      if (person !== null && person.displayName !== null) names.set(person.id, person.displayName);
    }
    for (const { id, displayName } of data?.employees ?? []) names.set(id, displayName);
    return [...names]
      .map(([value, label]) => ({ value, label }))
      .toSorted((one, other) => one.label.localeCompare(other.label, locale));
  }, [entries, chosen, data, locale]);
}
