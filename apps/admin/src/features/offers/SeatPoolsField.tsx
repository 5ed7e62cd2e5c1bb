import { CloseButton, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDisciplineName, useFormats, useTRPC } from "@tessera/ui";
import { type ReactNode, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { FillBar } from "../../shared/FillBar.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { mostInPackage } from "./offer-form.ts";
import type { SeatPoolChoice } from "./seat-pool-choice.ts";
import classes from "./SeatPoolsField.module.css";

type SeatPoolsFieldProps = {
  readonly chosen: readonly SeatPoolChoice[];
  readonly onChoose: (pools: readonly SeatPoolChoice[]) => void;
  /** What is wrong with the choice. */
  readonly error: ReactNode;
};

const pauseMs = 250;

/**
 * Finds competition sessions by what one knows of them, and in each the category. What is chosen stands below; a second
 * competition session makes the offer a package.
 */
export function SeatPoolsField({ chosen, onChoose, error: wrong }: SeatPoolsFieldProps): ReactNode {
  const t = useTranslations("admin.offerForm");
  const trpc = useTRPC();
  const labels = usePoolLabels();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim().slice(0, 80), pauseMs);
  const { data, error, isFetching } = useQuery(
    trpc.admin.catalogue.seatPools.queryOptions({ search }, { placeholderData: keepPreviousData }),
  );
  // A package lets into each competition session once.
  const taken = new Set(chosen.map(({ competitionSession }) => competitionSession.id));
  const pools = (data ?? []).filter(({ competitionSession }) => !taken.has(competitionSession.id));
  const full = chosen.length >= mostInPackage;

  return (
    <div className={classes.field}>
      <Select
        ref={input}
        error={wrong}
        label={t("seatPool")}
        description={t(full ? "seatPoolFull" : chosen.length === 0 ? "seatPoolHint" : "seatPoolMore")}
        placeholder={t("seatPoolPlaceholder")}
        nothingFoundMessage={
          error !== null ? t("seatPoolsFailed") : isFetching ? t("seatPoolsLoading") : t("seatPoolsNone")
        }
        required={chosen.length === 0}
        withAsterisk={false}
        disabled={full}
        searchable
        searchValue={text}
        onSearchChange={setText}
        // The server has searched already, in more than the label.
        filter={({ options }) => options}
        value={null}
        onChange={(value) => {
          const pool = pools.find(({ seatPoolId }) => seatPoolId === value);
          if (pool === undefined) return;
          onChoose([...chosen, pool]);
          setText("");
        }}
        data={groupsOf(pools, labels)}
      />
      {chosen.length > 0 && (
        <ul className={classes.chosen} aria-label={t("chosenPools")}>
          {chosen.map((pool) => (
            <li key={pool.seatPoolId} className={classes.pool}>
              <div>
                <SessionCell competitionSession={pool.competitionSession} category={pool.category} />
              </div>
              <FillBar taken={pool.taken} capacity={pool.capacity} />
              <CloseButton
                size="lg"
                aria-label={t("seatPoolRemove", { pool: labels.short(pool) })}
                onClick={() => {
                  onChoose(chosen.filter(({ seatPoolId }) => seatPoolId !== pool.seatPoolId));
                  input.current?.focus();
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type PoolLabels = Record<"group" | "pool" | "short", (pool: SeatPoolChoice) => string>;

function usePoolLabels(): PoolLabels {
  const t = useTranslations("admin.offerForm");
  const { date, number } = useFormats();
  const disciplineName = useDisciplineName();
  return {
    group: ({ competitionSession }) =>
      `${competitionSession.code} · ${disciplineName(competitionSession)} · ${date(competitionSession.startsAt, competitionSession.timeZone, "dateTime")}`,
    pool: ({ competitionSession, category, capacity, taken }) =>
      t("seatPoolOption", { code: competitionSession.code, category, left: number(capacity - taken) }),
    short: ({ competitionSession, category }) => t("chosenPool", { code: competitionSession.code, category }),
  };
}

function groupsOf(pools: readonly SeatPoolChoice[], labels: PoolLabels) {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const pool of pools) {
    const items = groups.get(labels.group(pool)) ?? [];
    items.push({ value: pool.seatPoolId, label: labels.pool(pool) });
    groups.set(labels.group(pool), items);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}
