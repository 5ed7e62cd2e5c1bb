import { Button, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { CompetitionSessionSummary, Gate } from "@tessera/contracts";
import type { Person } from "@tessera/scanner-core";
import { EmptyState, Page, Pictogram } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useGateName } from "../../shared/use-gate-name.ts";
import { EndShiftDialog } from "./EndShiftDialog.tsx";
import { GateChoice } from "./GateChoice.tsx";
import { nearestFirst } from "./nearest-first.ts";
import { People } from "./People.tsx";
import { SessionChoice } from "./SessionChoice.tsx";
import { useTime } from "./use-time.ts";
import classes from "./shift.module.css";

type ShiftHomeProps = {
  /** What people call the tablet. */
  readonly name: string;
  readonly gate: Gate;
  readonly competitionSessions: readonly CompetitionSessionSummary[];
  /** Those that the tablet knows of the venue of one competition session, its own among them. */
  readonly gatesOf: (competitionSessionId: string) => readonly Gate[];
  readonly you: Person;
  readonly people: readonly Person[];
  readonly connected: boolean;
  /** Records that only the tablet has. */
  readonly queued: number;
  /** Unix milliseconds. */
  readonly nowMs: number;
  /** The way to a gate, as a button. */
  readonly renderOpen: (competitionSessionId: string, gate: Gate) => ReactNode;
  readonly onLock: () => void;
  readonly onAdd: () => void;
  readonly onEnd: () => Promise<unknown>;
};

/** During a shift: which gate is opened, and who works here. */
export function ShiftHome(props: ShiftHomeProps): ReactNode {
  const { name, gate: ownGate, competitionSessions, gatesOf, you, people, connected, queued, nowMs } = props;
  const t = useTranslations("scanner.tablet.home");
  const state = useTranslations("scanner.tablet.state");
  const gateName = useGateName();
  const time = useTime();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [chosenGateId, setChosenGateId] = useState(ownGate.id);
  const [ending, { open: askToEnd, close: stopEnding }] = useDisclosure();

  const rows = nearestFirst(competitionSessions, nowMs);
  const session = rows.find(({ id }) => id === chosenId) ?? rows[0];
  const gates = session === undefined ? [] : gatesOf(session.id);
  const gate = gates.find(({ id }) => id === chosenGateId) ?? ownGate;

  return (
    <Page
      narrow
      title={name}
      lead={t("lead", { gate: gateName(ownGate), name: you.displayName, time: time(you.endsAt) })}
      action={
        <Button
          variant="default"
          size="md"
          leftSection={<Pictogram name="lock" size={18} />}
          onClick={() => props.onLock()}
        >
          {t("lock")}
        </Button>
      }
    >
      {session === undefined ? (
        <EmptyState pictogram="calendar" title={t("noneTitle")} text={t("noneText")} />
      ) : (
        <>
          <SessionChoice competitionSessions={rows} chosenId={session.id} onChoose={setChosenId} nowMs={nowMs} />
          {gates.length > 1 && (
            <GateChoice gates={gates} ownGateId={ownGate.id} chosenId={gate.id} onChoose={setChosenGateId} />
          )}
          {props.renderOpen(session.id, gate)}
        </>
      )}
      <section>
        <Title order={2} size="h3" mb="xs">
          {t("team")}
        </Title>
        <People people={people} youShiftId={you.shiftId} />
      </section>
      <div className={classes.actions}>
        <Button variant="default" leftSection={<Pictogram name="plus" size={18} />} onClick={() => props.onAdd()}>
          {t("add")}
        </Button>
        <Button variant="subtle" color="ink" onClick={askToEnd}>
          {t("end")}
        </Button>
      </div>
      <p role="status" className={classes.status}>
        <span>
          <Pictogram name={connected ? "ok" : "offline"} size={18} />
          {connected ? state("connected") : state("disconnected")}
        </span>
        <span>{state("queued", { count: queued })}</span>
      </p>
      <EndShiftDialog
        opened={ending}
        onClose={stopEnding}
        isLast={people.length === 1}
        queued={queued}
        onEnd={props.onEnd}
      />
    </Page>
  );
}
