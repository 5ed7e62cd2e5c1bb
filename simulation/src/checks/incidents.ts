import { hash } from "node:crypto";
import { readCode } from "@tessera/pass";
import type { Seen } from "../world/ticket.ts";
import type { Attempt, Truth } from "../world/truth.ts";
import type { Liar } from "./counts.ts";
import type { Finding } from "./finding.ts";
import type { IncidentRow } from "./rows.ts";

type Given = {
  readonly truth: Truth;
  readonly reentry: "never" | "after_exit";
  readonly liar: Liar | null;
  /** Tickets of which nothing but a clock in doubt says when somebody stood somewhere. */
  readonly blurred: ReadonlySet<string>;
  /** Tablets whose clocks were ever wrong. */
  readonly wrongClocks: ReadonlySet<string>;
};

/** Whether each double admission is an incident, found when the last of its tablets was heard, and none has no cause. */
export function checkIncidents(incidents: readonly IncidentRow[], given: Given): Finding[] {
  const { must, may } = causesOf(given);
  const stored = new Map(incidents.map((incident) => [keyOf(incident), incident]));
  const missed = [...must].filter((key) => !(stored.get(key)?.state === "open"));
  const open = incidents.filter(({ state }) => state === "open");
  const late = open.filter((incident) => must.has(keyOf(incident)) && incident.found_at > (incident.heard_at ?? 0));
  return [
    ...missed.map((key): Finding => {
      const ticketId = key.split(" ")[1] ?? "";
      const what = `${key} (${stored.get(key)?.state ?? "never"})`;
      return { kind: given.blurred.has(ticketId) ? "blurred" : "missed", what, ticketId };
    }),
    ...late.map((incident): Finding => ({
      kind: "missed",
      what: `${keyOf(incident)} was found ${incident.found_at.toISOString()}, heard ${String(incident.heard_at?.toISOString())}`,
    })),
    ...open
      .filter((incident) => !must.has(keyOf(incident)) && !may(incident))
      .map((incident): Finding => ({
        kind: given.blurred.has(incident.ticket_id ?? "") ? "blurred" : "false_alarm",
        what: `${keyOf(incident)} at ${incident.scanner_ids.join(", ")}`,
        ticketId: incident.ticket_id,
      })),
  ];
}

const keyOf = ({ kind, about }: Pick<IncidentRow, "kind" | "about">): string => `${kind} ${about}`;

/** What must be an incident, and what may be one. */
function causesOf({ truth, reentry, liar, wrongClocks }: Given) {
  const must = new Set<string>();
  const entriesOf = Map.groupBy(
    truth.seen.filter(({ direction }) => direction === "in"),
    ({ visitor }) => visitor.ticket?.ticketId ?? "",
  );
  for (const [ticketId, entries] of entriesOf) {
    if (ticketId === "") continue;
    const passages = truth.of(ticketId);
    if (enteredTwice(passages, reentry)) must.add(`admitted_twice ${ticketId}`);
    const changes = truth.changesOf(ticketId);
    for (const entry of entries) {
      const before = changes.filter(({ atMs }) => atMs <= entry.readAtMs);
      // Whoever has the money back is not inside as well, whenever they went in.
      const barred = before.some(({ kind }) => kind === "blocked") || changes.some(({ kind }) => kind === "cancelled");
      if (barred) must.add(`revoked_admitted ${ticketId}`);
      const isOld = entry.visitor.showing.what === "old_pass" && before.some(({ kind }) => kind === "moved");
      if (isOld) must.add(`superseded_admitted ${ticketId}`);
    }
  }
  const shownAt = Map.groupBy(truth.attempts, ({ code }) => code);
  const relayed = new Set<string>();
  for (const [code, attempts] of shownAt) if (isLive(code) && placesOf(attempts) > 1) relayed.add(sha256(code));
  const may = ({ kind, about, scanner_ids }: IncidentRow): boolean => {
    if (liar !== null && (scanner_ids.includes(liar.scannerId) || about.startsWith(liar.scannerId))) return true;
    if (kind === "relayed_code") return relayed.has(about);
    if (kind === "clock_wrong") return wrongClocks.has(about.split(" ")[0] ?? "");
    return false;
  };
  return { must, may };
}

/** Whether somebody went in who was in, or had been: but for whom a supervisor let in all the same. */
function enteredTwice(passages: readonly Seen[], reentry: Given["reentry"]): boolean {
  let entered = false;
  for (const { direction, by } of passages) {
    if (direction === "out") {
      if (reentry === "after_exit") entered = false;
      continue;
    }
    if (entered && by !== "override") return true;
    entered = true;
  }
  return false;
}

const isLive = (code: string): boolean => {
  const read = readCode(code);
  return read.ok && read.code.proof !== null;
};
const placesOf = (attempts: readonly Attempt[]): number => new Set(attempts.map(({ tabletId }) => tabletId)).size;
const sha256 = (code: string): string => hash("sha256", code, "hex");
