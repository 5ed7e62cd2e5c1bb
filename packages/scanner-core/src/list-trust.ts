import { isListOf, isObjectOf, isText, isWhole, type ListKey } from "@tessera/pass";
import { forgottenLists } from "./list-store.ts";
import { listTables } from "./list-tables.ts";
import type { Change, Store } from "./ports.ts";

/** What a tablet is told when it is enrolled, and two people have compared. */
export type PinnedKeys = {
  readonly gamesId: string;
  readonly listKeys: readonly ListKey[];
  readonly issuerKeys: readonly ListKey[];
};

/** Whose lists a tablet takes, and how new the newest were. */
export type Trusted = PinnedKeys & {
  /** By competition session: the highest number of a part that was taken. */
  readonly newest: Readonly<Record<string, number>>;
};

const isKeys = isListOf(isObjectOf<ListKey>({ id: isWhole(255), publicKey: isText }));
const isTrusted = isObjectOf<Omit<Trusted, "newest"> & { newest: object }>({
  gamesId: isText,
  listKeys: isKeys,
  issuerKeys: isKeys,
  newest: (value): value is object => typeof value === "object" && value !== null,
});
const isNumber = isWhole();
const onlyKey = "trusted";

/** What a part changes in the tablet's trust, with all else that must be written with it; null: nothing. */
export type TrustChange = { readonly trusted: Trusted; readonly changes: readonly Change[] } | null;

/**
 * The keys that a tablet pins at its enrolment, and those that lists have named since. One for the whole tablet; what
 * several competition sessions' lists change in it comes one after the other.
 */
export class ListTrust {
  readonly #store: Store;
  #trusted: Trusted | null;
  #last: Promise<unknown> = Promise.resolve();

  /** Use `openListTrust`. */
  constructor(store: Store, trusted: Trusted | null) {
    this.#store = store;
    this.#trusted = trusted;
  }

  /** Null before the enrolment. */
  get trusted(): Trusted | null {
    return this.#trusted;
  }

  /**
   * A new enrolment, and nothing else: from now on these keys count, and whatever an earlier one left behind is gone, its
   * lists and their numbers too, since whoever had a key that counted then may have made them. No keeper may be open.
   */
  async pin({ gamesId, listKeys, issuerKeys }: PinnedKeys): Promise<void> {
    await this.change(async () => {
      const trusted = { gamesId, listKeys, issuerKeys, newest: {} };
      return { result: undefined, change: { trusted, changes: await forgottenLists(this.#store) } };
    });
  }

  /** Writes what `decide` makes of the trust there is, with everything that belongs to it, and gives its result. */
  change<Result>(
    decide: (trusted: Trusted | null) => Promise<{ readonly result: Result; readonly change: TrustChange }>,
  ): Promise<Result> {
    const ended = this.#last.then(async () => {
      const { result, change } = await decide(this.#trusted);
      if (change === null) return result;
      const { trusted, changes } = change;
      await this.#store.write([...changes, { table: listTables.trust, key: onlyKey, value: trusted }]);
      this.#trusted = trusted;
      return result;
    });
    this.#last = ended.catch(() => undefined);
    return ended;
  }
}

/** Reads what is kept. Something else in the place of it is nothing: the tablet must be enrolled anew. */
export async function openListTrust(store: Store): Promise<ListTrust> {
  const kept = await store.read(listTables.trust, onlyKey);
  if (!isTrusted(kept)) return new ListTrust(store, null);
  const newest = Object.entries(kept.newest).filter((entry): entry is [string, number] => isNumber(entry[1]));
  return new ListTrust(store, { ...kept, newest: Object.fromEntries(newest) });
}

/** The tablet is no tablet any more: it trusts nobody, and every list goes. */
export async function forgetTrust(store: Store, trust: ListTrust): Promise<ListTrust> {
  if (trust.trusted !== null) await trust.pin(trust.trusted);
  await store.write([{ table: listTables.trust, key: onlyKey, value: null }]);
  return openListTrust(store);
}
