import type { ScanQuestion, Verdict } from "@tessera/contracts";
import type { LocalDecision } from "./decide-here.ts";
import type { Entry } from "./journal-entries.ts";
import { answeredBy, type ScanDecision } from "./scan.ts";
import type { ScannerOptions } from "./scanner-options.ts";
import { within } from "./within.ts";

/** How long a person waits for the server, milliseconds. */
const patienceMs = 400;
/** How long its answer is still worth knowing. A question that stays open would be in the way of what comes after. */
const lateMs = 10_000;

type Asking = Pick<ScannerOptions, "journal" | "transport" | "clock" | "serverClock" | "contact"> & {
  readonly closed: AbortSignal;
  /** The server answered after the screen had spoken. */
  readonly onLate: (verdict: Verdict) => void;
};

/** The server's answer if it comes in time, and otherwise what the tablet says alone; on disk either way. */
export async function askServer(
  entry: Entry,
  { decision: local, unanswered }: Pick<LocalDecision, "decision" | "unanswered">,
  { journal, transport, clock, serverClock, contact, closed, onLate }: Asking,
): Promise<ScanDecision> {
  const { record, subject } = entry;
  if (record.kind !== "scan" || subject === null) throw new Error("no scan");
  const { number, shiftId, at, competitionSessionId, gateId, direction, means, code, ticketId } = record;
  const question: ScanQuestion = {
    number,
    shiftId,
    at,
    competitionSessionId,
    gateId,
    direction,
    means,
    code,
    ticketId,
  };
  const askedAtMs = clock.monotonicMs();
  const answering = within(clock, lateMs, closed, (signal) => transport.ask(question, signal));
  const verdict = await inTime(answering, clock);
  if (verdict === null) {
    contact.missed();
    void answering.then((late) => {
      if (late === null) return;
      contact.heard();
      onLate(late);
    });
  } else {
    contact.heard();
    serverClock.learn(Date.parse(verdict.decidedAt), askedAtMs);
  }
  const decided = verdict === null ? unanswered : answeredBy(verdict, local, competitionSessionId);
  await journal.close({
    ...entry,
    record: { ...record, shown: decided.outcome, confirmed: verdict !== null },
    subject: {
      ...subject,
      ticketId: subject.ticketId ?? verdict?.ticket?.id ?? null,
      // What the server lets in it has proved by the seal.
      byHand: subject.byHand && verdict?.outcome !== "admit",
    },
  });
  return decided;
}

function inTime(answering: Promise<Verdict | null>, clock: Asking["clock"]): Promise<Verdict | null> {
  return new Promise((resolve) => {
    const cancel = clock.after(patienceMs, () => resolve(null));
    void answering.then((verdict) => {
      cancel();
      resolve(verdict);
    });
  });
}
