import type { Verdict } from "@tessera/contracts";
import { decide, type ListedTicket, readCode, verifyCode } from "@tessera/pass";
import type { KnownList } from "./known-list.ts";
import type { ScanVerdict } from "./scan.ts";

/** One admission of a ticket, as lists and verdicts tell it. */
export type Admission = NonNullable<Verdict["first"]>;

type Here = {
  readonly list: KnownList;
  /** By ticket id: admissions that the tablet has seen or was told of, and no list may know yet. */
  readonly admissions: ReadonlyMap<string, Admission>;
  /** The server's time, unix milliseconds. */
  readonly nowMs: number;
  readonly clockInDoubt: boolean;
};

/** Decides on a code by all that the tablet knows. `ticketId` is null where the code could not be read or verified. */
export async function decideHere(
  text: string,
  { list, admissions, nowMs, clockInDoubt }: Here,
): Promise<{ readonly ticketId: string | null; readonly verdict: ScanVerdict }> {
  const verified = await verifyCode(readCode(text), list.issuerKeys, list.gamesId);
  const ticketId = verified.ok ? verified.code.pass.ticketId : null;
  const listed = ticketId === null ? undefined : list.find(ticketId);
  const admission = listedAdmission(listed) ?? (ticketId === null ? undefined : admissions.get(ticketId));
  const { outcome, reason, alsoFailed, earlier } = decide(
    verified,
    list.policy,
    {
      entry: listed?.entry ?? null,
      listMadeAtMs: list.madeAtMs,
      competitionSessionCancelled: list.competitionSession.state === "cancelled",
      earlier:
        admission === undefined ? [] : [{ direction: "in", atMs: Date.parse(admission.at), gate: admission.gate.id }],
      clockInDoubt,
    },
    nowMs,
  );
  const verdict = {
    outcome,
    reason,
    alsoFailed,
    ticket: listed === undefined ? null : describe(listed, list),
    first: earlier === null ? null : (admission ?? null),
  };
  return { ticketId, verdict };
}

function listedAdmission(listed: ListedTicket | undefined): Admission | undefined {
  if (listed?.admitted === null || listed === undefined) return undefined;
  const { atMs, gate } = listed.admitted;
  return { at: new Date(atMs).toISOString(), gate };
}

function describe({ entry, holderName, kind, name }: ListedTicket, { competitionSession }: KnownList) {
  const { category, zone } = entry;
  return { holderName, kind, name, category, zone, reference: null, competitionSession };
}
