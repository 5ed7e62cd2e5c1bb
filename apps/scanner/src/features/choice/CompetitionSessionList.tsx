import { Button, TextInput, Title } from "@mantine/core";
import type { CompetitionSessionSummary } from "@tessera/contracts";
import { EmptyState, Pictogram, useDisciplineName } from "@tessera/ui";
import { type ReactNode, useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import { fits, nearestFirst } from "./choose.ts";
import { CompetitionSessionRow } from "./CompetitionSessionRow.tsx";
import classes from "./choice.module.css";

const shownAtFirst = 40;

type CompetitionSessionListProps = {
  readonly competitionSessions: readonly CompetitionSessionSummary[];
  /** Unix milliseconds: what is nearest to it stands on top. */
  readonly nowMs: number;
};

/** A search and what it finds, in rows that align like a timetable. */
export function CompetitionSessionList({ competitionSessions, nowMs }: CompetitionSessionListProps): ReactNode {
  const t = useTranslations("scanner.sessions");
  const disciplineName = useDisciplineName();
  const [search, setSearch] = useState("");
  const [showsAll, setShowsAll] = useState(false);
  const wanted = useDeferredValue(search);

  const found = competitionSessions.filter((one) =>
    fits(wanted, [one.code, disciplineName(one), one.discipline, one.events, one.venue, one.city]),
  );
  const { coming, over } = nearestFirst(found, nowMs);
  const shown = showsAll ? found.length : shownAtFirst;
  const shownOver = over.slice(0, Math.max(0, shown - coming.length));

  return (
    <div className={classes.sessions}>
      <TextInput
        type="search"
        label={t("search")}
        placeholder={t("searchHint")}
        leftSection={<Pictogram name="search" size={18} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <p role="status" className={classes.found}>
        {t("found", { count: found.length })}
      </p>
      {found.length === 0 && (
        <EmptyState
          pictogram="search"
          title={t("noneTitle")}
          text={t("noneText", { search: wanted })}
          action={<Button onClick={() => setSearch("")}>{t("clear")}</Button>}
        />
      )}
      <ul className={classes.rows}>
        {coming.slice(0, shown).map((one) => (
          <CompetitionSessionRow key={one.id} competitionSession={one} />
        ))}
      </ul>
      {shownOver.length > 0 && (
        <>
          <Title order={2} size="h4">
            {t("over")}
          </Title>
          <ul className={classes.rows}>
            {shownOver.map((one) => (
              <CompetitionSessionRow key={one.id} competitionSession={one} />
            ))}
          </ul>
        </>
      )}
      {found.length > shown && (
        <Button variant="subtle" color="ink" onClick={() => setShowsAll(true)}>
          {t("more", { count: found.length - shown })}
        </Button>
      )}
    </div>
  );
}
