import type { List } from "@tessera/contracts";
import { parseList, verifyList } from "@tessera/pass";
import { type KnownList, knowList } from "./known-list.ts";
import { type ListTrust, readTrust, writeTrust } from "./list-trust.ts";

/** Why a list was not taken. The one before stays. */
export type ListProblem =
  /** No key that this tablet trusts has signed it; a person must look. */
  | "unknown_key"
  | "bad_signature"
  /** It was written for a newer app. */
  | "unknown_version"
  | "malformed"
  | "other_games"
  | "other_competition_session"
  /** A newer one was here before. */
  | "older"
  /** It says that it was made later than now. */
  | "ahead_of_time";

/** Thrown when there is no list to begin with. */
export class ListRefused extends Error {
  readonly problem: ListProblem;

  constructor(problem: ListProblem) {
    super(`the list was refused: ${problem}`);
    this.name = "ListRefused";
    this.problem = problem;
  }
}

/** So much may the clocks of two servers differ. */
const aheadMs = 60_000;

type Wanted = {
  readonly competitionSessionId: string;
  readonly trust: ListTrust;
  /** The server's time, unix milliseconds; null while the tablet does not know it. */
  readonly nowMs: number | null;
};

/**
 * Takes a list if it is what was asked for: signed by a key that is trusted, before anything in it is read, and not older
 * than what was taken before. From then on the keys that it names are trusted, and no others; one that is older than a
 * list of another competition session brings no key back that was dropped since.
 */
export async function takeList(
  signed: List,
  { competitionSessionId, trust, nowMs }: Wanted,
): Promise<{ readonly ok: true; readonly list: KnownList } | { readonly ok: false; readonly problem: ListProblem }> {
  const refuse = (problem: ListProblem) => ({ ok: false, problem }) as const;
  const { trusted } = readTrust(trust);
  if (trusted === null) return refuse("unknown_key");
  const verified = await verifyList(signed, trusted.keys, trusted.gamesId);
  if (verified !== "good") return refuse(verified);
  const read = parseList(signed.body);
  if (!read.ok) return refuse(read.reason);
  const { list } = read;
  if (list.gamesId !== trusted.gamesId) return refuse("other_games");
  if (list.competitionSession.id !== competitionSessionId) return refuse("other_competition_session");
  const known = knowList(list, signed);
  if (known.madeAtMs > (nowMs ?? known.answeredAtMs) + aheadMs) return refuse("ahead_of_time");
  // Read again: another window of the app may have taken a newer one while we verified.
  const { newest, trusted: now } = readTrust(trust);
  if (now === null || !now.keys.some(({ id }) => id === signed.keyId)) return refuse("unknown_key");
  if (list.number < (newest[competitionSessionId] ?? 0)) return refuse("older");
  writeTrust(trust, {
    // Numbers rise over all competition sessions.
    trusted: list.number < Math.max(0, ...Object.values(newest)) ? now : { gamesId: list.gamesId, keys: list.listKeys },
    newest: { ...newest, [competitionSessionId]: list.number },
  });
  return { ok: true, list: known };
}
