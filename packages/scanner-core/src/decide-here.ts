import type { Direction, ReasonCode } from "@tessera/contracts";
import {
  decide,
  decideLookUp,
  type EarlierScan,
  type Known,
  type ListedTicket,
  readCode,
  slotAt,
  slotMs,
  verifyCode,
} from "@tessera/pass";
import type { OwnPassage, Subject } from "./journal-entries.ts";
import type { KnownList, ZoneCount } from "./known-list.ts";
import { type ScanDecision, shownTicketOf, type ShownPassage } from "./scan.ts";

/** What a tablet decides by. */
export type Here = {
  readonly list: KnownList;
  readonly gateId: string;
  readonly direction: Direction;
  /** Who went through here with a ticket, and no list may know yet. */
  readonly passagesOf: (ticketId: string) => readonly OwnPassage[];
  /** Scans of a ticket here of which nobody was told anything. */
  readonly unsaidOf: (ticketId: string) => readonly OwnPassage[];
  /** The server's time as well as the tablet knows it, unix milliseconds. */
  readonly nowMs: number;
  readonly clockInDoubt: boolean;
  readonly cutOff: boolean;
};

/** What the tablet made of a code by itself. */
export type LocalDecision = {
  /** Its ticket is null where the code could not be read or verified. */
  readonly subject: Subject;
  readonly decision: ScanDecision;
  /** What it says where the server is asked and does not answer: it is cut off then, though it did not know before. */
  readonly unanswered: ScanDecision;
  /** A good proof of a current pass, which says something of the clock; null without one. */
  readonly provenSlot: number | null;
};

/** Decides on a code by all that the tablet knows. */
export async function decideCode(text: string, here: Here): Promise<LocalDecision> {
  const { list, gateId, direction, nowMs } = here;
  const verified = await verifyCode(readCode(text), list.issuerKeys, list.gamesId);
  const pass = verified.ok ? verified.code.pass : null;
  const listed = pass === null ? undefined : list.find(pass.ticketId);
  const policy = list.policy(direction, gateId);
  const known = knownOf(listed, pass?.ticketId, here);
  const verdict = decide(verified, policy, known, nowMs);
  const alone = decide(verified, policy, cutOffFrom(known, listed, here), nowMs);
  const flags = { wheelchair: pass?.wheelchair ?? null, child: pass?.child ?? null };
  const slot = verified.ok && verified.proof === "good" ? (verified.code.proof?.slot ?? null) : null;
  const { reason, alsoFailed } = verdict;
  const isCurrent = reason === "admitted" || reason === "exited" || reason === "stale_code";
  const isProved = slot !== null && ![reason, ...alsoFailed].some((one) => unproved.has(one));
  return {
    subject: { ticketId: pass?.ticketId ?? null, byHand: !isProved, atMs: momentOf(slot, nowMs) },
    decision: describe(listed, flags, verdict, here),
    unanswered: describe(listed, flags, alone, here),
    provenSlot: isCurrent ? slot : null,
  };
}

/** With these a person may let somebody in, and still nothing proves that the ticket is theirs. */
const unproved: ReadonlySet<ReasonCode> = new Set([
  "unknown_ticket",
  "superseded",
  "not_current_pass",
  "unlisted_pass",
  "wrong_competition_session",
  "stale_code",
]);

/** The tablet's time; or the code's own where no phone shows it at that time. So what happened first stays the first. */
function momentOf(slot: number | null, nowMs: number): number {
  return slot === null || Math.abs(slotAt(nowMs) - slot) <= 1 ? nowMs : (slot + 0.5) * slotMs;
}

/** Decides on somebody who was found by name or reference. */
export function decideFound(listed: ListedTicket, here: Here): LocalDecision {
  const { list, gateId, direction, nowMs } = here;
  const { ticketId } = listed.entry;
  const policy = list.policy(direction, gateId);
  const known = knownOf(listed, ticketId, here);
  const flags = { wheelchair: null, child: null };
  const decideBy = (what: Known): ScanDecision =>
    describe(listed, flags, decideLookUp(listed.entry, policy, what, nowMs), here);
  return {
    subject: { ticketId, byHand: true, atMs: nowMs },
    decision: decideBy(known),
    unanswered: decideBy(cutOffFrom(known, listed, here)),
    provenSlot: null,
  };
}

function knownOf(listed: ListedTicket | undefined, ticketId: string | undefined, here: Here): Known {
  const { list, clockInDoubt, cutOff, passagesOf, unsaidOf } = here;
  const own = ticketId === undefined ? [] : passagesOf(ticketId);
  // Whoever was told yes here since has been told: what comes next is a copy.
  const wasTold = (one: OwnPassage) =>
    own.some(({ direction, atMs }) => direction === one.direction && atMs >= one.atMs);
  const unsaid = ticketId === undefined ? [] : unsaidOf(ticketId).filter((one) => !wasTold(one));
  return {
    entry: listed?.entry ?? null,
    listMadeAtMs: list.madeAtMs,
    competitionSessionCancelled: list.competitionSession.state === "cancelled",
    earlier: earlierOf(listed, own).map((scan) =>
      unsaid.some((one) => isOf(one, scan)) ? { ...scan, byHand: true } : scan,
    ),
    clockInDoubt,
    cutOffFromHome: cutOff && isFromElsewhere(listed, here),
  };
}

const cutOffFrom = (known: Known, listed: ListedTicket | undefined, here: Here): Known => ({
  ...known,
  cutOffFromHome: isFromElsewhere(listed, here),
});

/** Whether a ticket has another home gate than this one. */
function isFromElsewhere(listed: ListedTicket | undefined, { list, gateId }: Here): boolean {
  const home = listed === undefined ? null : list.homeGate(listed.entry);
  return home !== null && home.id !== gateId;
}

/** What the list and this tablet know of a ticket's way in and out. */
export function earlierOf(listed: ListedTicket | undefined, own: readonly OwnPassage[]): readonly EarlierScan[] {
  return [
    ...(listed?.passages ?? []),
    ...own.map(({ direction, atMs, gateId, byHand }) => ({ direction, atMs, gate: gateId, byHand })),
  ];
}

/**
 * Whether a passage of the list may be what the server said yes to when the app was killed: whoever stood here was told
 * nothing, and so a person looks, and nobody is refused.
 */
const isOf = (unsaid: OwnPassage, { direction, gate, atMs }: EarlierScan): boolean =>
  direction === unsaid.direction && gate === unsaid.gateId && Math.abs(atMs - unsaid.atMs) < unsaidMs;

/** So far the server's moment of a scan may be from the tablet's, milliseconds. */
const unsaidMs = 60_000;

/** Whether somebody is inside with a ticket, as far as is known here. */
export function isInside(earlier: readonly EarlierScan[]): boolean {
  return earlier.toSorted((a, b) => a.atMs - b.atMs).at(-1)?.direction === "in";
}

function describe(
  listed: ListedTicket | undefined,
  flags: { readonly wheelchair: boolean | null; readonly child: boolean | null },
  { outcome, reason, alsoFailed, earlier }: ReturnType<typeof decide>,
  here: Here,
): ScanDecision {
  const { list } = here;
  const ticket = listed === undefined ? null : shownTicketOf(listed, flags);
  const home = listed !== undefined && reason === "wrong_gate" ? list.homeGate(listed.entry) : null;
  return {
    outcome,
    reason,
    alsoFailed,
    confirmed: false,
    ticket,
    earlier: earlier === null ? null : shownPassage(earlier, list),
    homeGate: home,
  };
}

function shownPassage({ direction, atMs, gate: gateId, byHand }: EarlierScan, { gates }: KnownList): ShownPassage {
  const gate = gates.find(({ id }) => id === gateId) ?? null;
  return { direction, atMs, gate, byHand: byHand ?? false };
}

/** People inside by zone, by the list and by what passed here and no list may know yet. */
export function insideByZone(
  list: KnownList,
  tickets: Iterable<string>,
  passagesOf: (ticketId: string) => readonly OwnPassage[],
): readonly ZoneCount[] {
  const more = new Map<number, number>();
  for (const ticketId of tickets) {
    const listed = list.find(ticketId);
    const own = passagesOf(ticketId);
    if (listed === undefined || own.length === 0) continue;
    const { zone } = listed.entry;
    const difference = Number(isInside(earlierOf(listed, own))) - Number(isInside(listed.passages));
    more.set(zone, (more.get(zone) ?? 0) + difference);
  }
  return list.inside().map((count) => ({ ...count, inside: count.inside + (more.get(count.zone) ?? 0) }));
}
