import type { IncidentKind } from "@tessera/contracts";
import { slotAt } from "@tessera/pass";
import { wentThrough } from "../scans/went-through.ts";
import {
  isSuperseded,
  isWithoutTicket,
  momentOf,
  passagesOf,
  type TicketFacts,
  type TicketScan,
} from "./ticket-facts.ts";

/** Something that a person must look at: once for each `about` of its kind. */
export type FoundIncident = {
  readonly kind: IncidentKind;
  readonly about: string;
  /** Every scan that it is about. */
  readonly scanIds: readonly string[];
};

/**
 * What is wrong with a ticket, by all that is known of it: the same whatever came in whichever order. What later facts take
 * away has explained itself.
 */
export function incidentsOf(facts: TicketFacts): FoundIncident[] {
  const { ticketId } = facts;
  const about = (kind: IncidentKind, scanIds: readonly string[]): FoundIncident[] =>
    scanIds.length === 0 ? [] : [{ kind, about: ticketId, scanIds }];
  const counted = new Set(passagesOf(facts).map(({ scanId }) => scanId));
  const entries = facts.scans.filter(({ id, direction }) => direction === "in" && counted.has(id));
  const idsOf = (wanted: (scan: TicketScan) => boolean) => entries.filter(wanted).map(({ id }) => id);
  const twice = isAdmittedTwice(facts, counted) ? idsOf(() => true) : [];
  // That one code let in both is how it happened, and nothing else to look at.
  const isSaid = (scanIds: readonly string[]) => scanIds.filter((id) => twice.includes(id)).length > 1;
  return [
    ...about("admitted_twice", twice),
    ...about(
      "superseded_admitted",
      idsOf((scan) => isSuperseded(facts, scan)),
    ),
    ...about(
      "revoked_admitted",
      idsOf((scan) => facts.barred.some(({ fromMs, untilMs }) => fromMs <= momentOf(scan) && momentOf(scan) < untilMs)),
    ),
    ...relayedCodes(facts.scans).filter(({ scanIds }) => !isSaid(scanIds)),
    ...facts.scans.flatMap(unknownAdmitted),
  ];
}

/** What is wrong with one scan that names no ticket of its competition session. `about` is the scan itself. */
export const unknownAdmitted = (
  scan: Pick<TicketScan, "id"> & Parameters<typeof isWithoutTicket>[0],
): FoundIncident[] => (isWithoutTicket(scan) ? [{ kind: "unknown_admitted", about: scan.id, scanIds: [scan.id] }] : []);

/** Whether somebody went in who was in, or had been. A supervisor who let them in all the same has looked already. */
function isAdmittedTwice({ scans, reentry }: TicketFacts, counted: ReadonlySet<string>): boolean {
  // Of what happened at one moment the worst comes first, so that it is the same whatever came first.
  const inOrder = scans
    .filter(({ id }) => counted.has(id))
    .toSorted(
      (a, b) =>
        momentOf(a) - momentOf(b) ||
        Number(isOverride(b)) - Number(isOverride(a)) ||
        Number(a.direction === "out") - Number(b.direction === "out"),
    );
  let entered = false;
  for (const scan of inOrder) {
    if (scan.direction === "out") {
      if (reentry === "after_exit") entered = false;
      continue;
    }
    if (entered && !isOverride(scan)) return true;
    entered = true;
  }
  return false;
}

const isOverride = ({ decision }: TicketScan): boolean => decision?.override === true;

/** The very same code went through at two tablets, or was shown at two gates while it was alive. */
function relayedCodes(scans: readonly TicketScan[]): FoundIncident[] {
  // A code on paper never changes: whoever walks from gate to gate shows the same.
  const live = scans.filter(({ slot }) => slot !== null);
  return [...Map.groupBy(live, ({ codeSha256 }) => codeSha256)].flatMap(([code, shown]): FoundIncident[] => {
    const tablets = new Set(shown.filter(wentThrough).map(({ scannerId }) => scannerId));
    const gates = new Set(shown.filter(isAlive).map(({ gateId }) => gateId));
    if (code === null || (tablets.size < 2 && gates.size < 2)) return [];
    return [{ kind: "relayed_code", about: code, scanIds: shown.map(({ id }) => id) }];
  });
}

const isAlive = ({ slot, askedAtMs, scannedAtMs }: TicketScan): boolean =>
  slot !== null && Math.abs(slotAt(askedAtMs ?? scannedAtMs) - slot) <= 1;

/** A scan of one tablet whose moment is not what its proof says, or not past. */
export type OddScan = {
  readonly id: string;
  readonly number: number;
  readonly ticketId: string | null;
  readonly scannedAtMs: number;
  readonly receivedAtMs: number;
  /** Of a proof whose signature is good. */
  readonly slot: number | null;
  /** Went through, and no supervisor's override. */
  readonly accepted: boolean;
};

/** Slots that a clock may be off before anybody is told. */
export const slotsOff = 2;
/** Milliseconds that a scan may be ahead of its arrival. */
export const aheadMs = 30_000;

/** More would not tell more. */
const mostScans = 50;

/**
 * Whether a tablet's clock was wrong, by its odd scans of one competition session, in any order: it let in by a proof of
 * another moment, three tickets agree on another moment, or it scanned in the future. One picture of an old code is none.
 */
export function clockIncidentOf(scannerId: string, scans: readonly OddScan[]): FoundIncident[] {
  const future = scans.filter(({ scannedAtMs, receivedAtMs }) => scannedAtMs > receivedAtMs + aheadMs);
  const off = scans.flatMap((scan) => {
    const by = scan.slot === null ? 0 : scan.slot - slotAt(scan.scannedAtMs);
    return Math.abs(by) > slotsOff ? [{ ...scan, by }] : [];
  });
  const ticketsBy = Map.groupBy(off, ({ by }) => by);
  const agree = [...ticketsBy].some(([by, here]) => {
    const next = ticketsBy.get(by + 1) ?? [];
    return new Set([...here, ...next].map(({ ticketId }) => ticketId)).size >= 3;
  });
  if (future.length === 0 && !agree && !off.some(({ accepted }) => accepted)) return [];
  const all = new Map([...future, ...off].map((scan) => [scan.id, scan.number]));
  const scanIds = [...all].toSorted(([, a], [, b]) => a - b).map(([id]) => id);
  return [{ kind: "clock_wrong", about: scannerId, scanIds: scanIds.slice(0, mostScans) }];
}
