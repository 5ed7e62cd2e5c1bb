import type { ListPart } from "@tessera/contracts";
import { type ListKey, parseListPart, type ReadListPart, verifyList } from "@tessera/pass";
import type { ListProgress } from "./list-store.ts";
import type { Trusted } from "./list-trust.ts";

/** Why a part was not taken. What was there before stays. */
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
  | "ahead_of_time"
  /** It names another issuer key under an id that was another's. */
  | "other_issuer_key"
  /** It follows another part than the one that was taken last. */
  | "not_next"
  /** The device could not keep it: its disk is full. */
  | "not_kept";

/** So much may the clocks of two servers differ. */
const aheadMs = 60_000;

type Wanted = {
  readonly competitionSessionId: string;
  readonly trusted: Trusted | null;
  readonly progress: ListProgress;
  /** The server's time, unix milliseconds; null while the tablet does not know it. */
  readonly nowMs: number | null;
};

export type Judged =
  | { readonly ok: true; readonly part: ReadListPart; readonly trusted: Trusted }
  | { readonly ok: false; readonly problem: ListProblem };

/**
 * Looks at a part in the order of docs/e-ticket.md, section 5: signed by a key that is trusted, before anything in it is
 * read; what was asked for; not older than what was taken before; next after it. With a good one comes what is trusted from
 * then on: the list keys that it names and no others, and every issuer key that was ever named. One that is older than a
 * part of another competition session's list brings no list key back that was dropped since.
 */
export async function judgePart(
  signed: ListPart,
  { competitionSessionId, trusted, progress, nowMs }: Wanted,
): Promise<Judged> {
  const refuse = (problem: ListProblem) => ({ ok: false, problem }) as const;
  if (trusted === null) return refuse("unknown_key");
  const verified = await verifyList(signed, trusted.listKeys, trusted.gamesId);
  if (verified !== "good") return refuse(verified);
  const read = parseListPart(signed.body);
  if (!read.ok) return refuse(read.reason);
  const { part } = read;
  if (part.gamesId !== trusted.gamesId) return refuse("other_games");
  if (part.competitionSession.id !== competitionSessionId) return refuse("other_competition_session");
  if (Date.parse(part.madeAt) > (nowMs ?? Date.parse(signed.answeredAt)) + aheadMs) return refuse("ahead_of_time");
  if (part.number < (trusted.newest[competitionSessionId] ?? 0)) return refuse("older");
  const issuerKeys = withNamed(trusted.issuerKeys, part.issuerKeys);
  if (issuerKeys === null) return refuse("other_issuer_key");
  if (!isNext(part, progress)) return refuse("not_next");
  return {
    ok: true,
    part,
    trusted: {
      gamesId: part.gamesId,
      // Numbers rise over all competition sessions.
      listKeys: part.number < Math.max(0, ...Object.values(trusted.newest)) ? trusted.listKeys : part.listKeys,
      issuerKeys,
      newest: { ...trusted.newest, [competitionSessionId]: part.number },
    },
  };
}

/** Whether a part starts a fresh list, or goes on where the last one ended. */
function isNext({ since, page }: ReadListPart, { list, fresh }: ListProgress): boolean {
  if (page === null) return fresh === null && list !== null && since === list.cursor;
  if (page.index === 0) return true;
  return fresh !== null && page.first === fresh.first && page.index === fresh.pages && page.after === fresh.lastId;
}

/** All issuer keys that were ever named, by id; null if one has become another. */
function withNamed(known: readonly ListKey[], named: readonly ListKey[]): readonly ListKey[] | null {
  const keys = new Map(known.map(({ id, publicKey }) => [id, publicKey]));
  for (const { id, publicKey } of named) {
    if ((keys.get(id) ?? publicKey) !== publicKey) return null;
    keys.set(id, publicKey);
  }
  return [...keys].map(([id, publicKey]) => ({ id, publicKey }));
}
