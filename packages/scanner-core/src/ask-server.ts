import type { ScanQuestion, Verdict } from "@tessera/contracts";
import type { Entry } from "./journal.ts";
import { answeredBy, type ScanDecision } from "./scan.ts";
import type { ScannerOptions } from "./scanner-options.ts";

/** How long a person waits for the server, milliseconds. */
const patienceMs = 400;

type Asking = Pick<ScannerOptions, "journal" | "transport" | "clock" | "serverClock" | "contact"> & {
  readonly closed: AbortSignal;
  /** The server answered after the screen had spoken. */
  readonly onLate: (verdict: Verdict) => void;
};

/** The server's answer if it comes in time, and otherwise the tablet's own; on disk either way. */
export async function askServer(
  entry: Entry,
  local: ScanDecision,
  { journal, transport, clock, serverClock, contact, closed, onLate }: Asking,
): Promise<ScanDecision> {
  const { record } = entry;
  if (record.kind !== "scan") throw new Error("no scan");
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
  const answering = transport.ask(question, closed).catch(() => null);
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
  const decided = verdict === null ? local : answeredBy(verdict, local, competitionSessionId);
  await journal.close({
    ...entry,
    ticketId: entry.ticketId ?? verdict?.ticket?.id ?? null,
    record: { ...record, shown: decided.outcome, confirmed: verdict !== null },
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
