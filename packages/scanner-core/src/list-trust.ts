import { isListOf, isObjectOf, isText, isWhole, type ListKey } from "@tessera/pass";

/**
 * Where a tablet keeps whose lists it takes, over a restart of the app. What is kept is ours alone to read; `read` gives
 * what was written last, or null if nothing ever was.
 */
export type ListTrust = {
  readonly read: () => string | null;
  readonly write: (text: string) => void;
};

export type Trust = {
  /** Null before the first contact, and after `forgetListKeys`. */
  readonly trusted: Trusted | null;
  /** By competition session: the highest number of a list that was taken. */
  readonly newest: Readonly<Record<string, number>>;
};

type Trusted = { readonly gamesId: string; readonly keys: readonly ListKey[] };

const isTrusted = isObjectOf<Trusted>({
  gamesId: isText,
  keys: isListOf(isObjectOf<ListKey>({ id: isWhole(), publicKey: isText })),
});

/** What is trusted. Something else in the place of it is nothing: the next sign-in renews the keys. */
export function readTrust(store: ListTrust): Trust {
  const kept = parse(store.read());
  const trusted = isObjectOf<{ trusted: Trusted }>({ trusted: isTrusted })(kept) ? kept.trusted : null;
  const newest = isObjectOf<{ newest: object }>({ newest: isAnyObject })(kept) ? Object.entries(kept.newest) : [];
  const isNumber = isWhole();
  return { trusted, newest: Object.fromEntries(newest.filter(([, number]) => isNumber(number))) };
}

export function writeTrust(store: ListTrust, trust: Trust): void {
  store.write(JSON.stringify(trust));
}

/**
 * Somebody has signed out: the next first contact says anew whose lists are taken. The numbers stay, since a tablet goes
 * back to an older list for nobody.
 */
export function forgetListKeys(store: ListTrust): void {
  writeTrust(store, { ...readTrust(store), trusted: null });
}

const isAnyObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
