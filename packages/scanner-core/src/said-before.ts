import type { SaidBefore, ScannerOptions } from "./scanner-options.ts";

/** For so long the screen says after a restart what was written down before. */
const lastWordMs = 5 * 60_000;

/** The app was killed after this was written: whoever stood there may not have been told. Null if there is nothing. */
export function saidBefore({
  journal,
  competitionSessionId,
  gate,
  list,
  serverClock,
}: ScannerOptions): SaidBefore | null {
  const last = journal.lastWord;
  if (last?.competitionSessionId !== competitionSessionId || last.gateId !== gate.id) return null;
  if (Math.abs(serverClock.nowMs() - last.atMs) > lastWordMs) return null;
  const { ticketId, atMs, direction, through } = last;
  const holderName = ticketId === null ? null : (list()?.find(ticketId)?.holderName ?? null);
  return { atMs, direction, through, holderName };
}
