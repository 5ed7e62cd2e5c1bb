import { Badge, Text, Title } from "@mantine/core";
import type { CapacityChange } from "@tessera/contracts";
import { useFormats, useMoment } from "@tessera/ui";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { type RecordColumn, RecordTable } from "../../shared/RecordTable.tsx";
import { SessionCell } from "../../shared/SessionCell.tsx";
import { useCapacityWords } from "./use-capacity-words.ts";
import cells from "../../shared/cells.module.css";
import classes from "./Capacity.module.css";

/** What was changed, newest first, by whom and with whose approval. */
export function PastChanges({ changes }: { readonly changes: readonly CapacityChange[] }): ReactNode {
  const t = useTranslations("admin.capacity");
  const { number } = useFormats();
  const words = useCapacityWords();
  const heading = useId();
  const columns: RecordColumn<CapacityChange>[] = [
    {
      key: "pool",
      title: t("past.pool"),
      width: "18rem",
      render: ({ competitionSession, category }) => (
        <SessionCell competitionSession={competitionSession} category={category} />
      ),
    },
    {
      key: "change",
      title: t("past.change"),
      render: ({ fromCapacity, toCapacity }) => {
        const { seats, percent } = words.difference(fromCapacity, toCapacity);
        return (
          <span className={cells.cell}>
            <span className={cells.first}>
              {t("waiting.from", { from: number(fromCapacity), to: number(toCapacity) })}
            </span>
            <span className={cells.second}>
              {seats}, {percent}
            </span>
          </span>
        );
      },
    },
    {
      key: "state",
      title: t("past.state"),
      render: ({ state }) => (
        <Badge variant="light" color={state === "applied" ? "laurel" : "terracotta"} miw="max-content">
          {t(`past.states.${state}`)}
        </Badge>
      ),
    },
    {
      key: "asked",
      title: t("past.asked"),
      render: ({ requestedBy, requestedAt }) => <Who person={requestedBy} at={requestedAt} />,
    },
    {
      key: "decided",
      title: t("past.decided"),
      render: ({ decidedBy, decidedAt }) =>
        decidedBy === null || decidedAt === null ? (
          <span className={cells.second}>{t("past.alone")}</span>
        ) : (
          <Who person={decidedBy} at={decidedAt} />
        ),
    },
  ];
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {t("past.title")}
      </Title>
      {changes.length === 0 ? (
        <Text>{t("past.none")}</Text>
      ) : (
        <RecordTable
          label={t("past.title")}
          rows={changes}
          idOf={({ id }) => id}
          columns={columns}
          total={changes.length}
          page={1}
          pageSize={changes.length}
          onPage={() => undefined}
          stale={false}
        />
      )}
    </section>
  );
}

type WhoProps = { readonly person: CapacityChange["requestedBy"]; readonly at: string };

function Who({ person, at }: WhoProps): ReactNode {
  const t = useTranslations("admin.capacity.waiting");
  const moment = useMoment();
  return (
    <span className={`${cells.cell} ${cells.anyLength}`}>
      <span>{person.displayName ?? t("deleted")}</span>
      <span className={cells.second}>{moment(at)}</span>
    </span>
  );
}
