import {
  isListOf,
  isObjectOf,
  isText,
  isWhole,
  type ListHead,
  type ReadListPart,
  type TicketsOfPart,
} from "@tessera/pass";
import { listTables } from "./list-tables.ts";
import type { Change, Store } from "./ports.ts";

/** What a list says beside its tickets: of its newest part, once nothing of that is still to come. */
export type KnownHead = Omit<ListHead, "listKeys" | "offers">;

/** A list that is whole. */
type WholeList = {
  readonly head: KnownHead;
  /** Where its next delta starts. */
  readonly cursor: string;
  /** The keys of its parts; of a ticket that is in several the later one is right. */
  readonly parts: readonly string[];
};

/** A fresh list of which pages are still to come. */
type FreshList = {
  readonly first: number;
  readonly madeAt: string;
  /** Where its first delta starts: from its first page, since a later page does not know what changed in an earlier one. */
  readonly cursor: string;
  readonly pages: number;
  /** How many tickets it will have, as far as that is known. */
  readonly total: number | null;
  /** The last ticket so far, as a part has it. */
  readonly lastId: string;
  readonly parts: readonly string[];
};

/** How far a list has come. `nextPart` names the next part. */
export type ListProgress = {
  readonly competitionSessionId: string;
  readonly list: WholeList | null;
  readonly fresh: FreshList | null;
  readonly nextPart: number;
};

/** A part as it is kept: its key, and its tickets without names. */
export type KeptPart = { readonly key: string; readonly part: TicketsOfPart };

/** What was read of a list, the pages of one that is not whole among it. */
export type KeptList = {
  readonly progress: ListProgress;
  readonly listParts: readonly KeptPart[];
  readonly freshParts: readonly KeptPart[];
};

const isAnyObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isKeptList = { cursor: isText, parts: isListOf(isText) };

// What was written here was looked at when it was taken: a look at its outline tells it from something else.
const isProgress = isObjectOf<ListProgress>({
  competitionSessionId: isText,
  list: (value): value is WholeList | null => value === null || isObjectOf({ head: isAnyObject, ...isKeptList })(value),
  fresh: (value): value is FreshList | null =>
    value === null || isObjectOf({ first: isWhole(), pages: isWhole(), lastId: isText, ...isKeptList })(value),
  nextPart: isWhole(),
});
const isTickets = (value: unknown): value is TicketsOfPart =>
  isObjectOf({ gates: isAnyObject, offers: isAnyObject, tickets: isAnyObject })(value);
const isPartRow = isObjectOf<{ text: string }>({ text: isText });

const noProgress = (competitionSessionId: string): ListProgress => ({
  competitionSessionId,
  list: null,
  fresh: null,
  nextPart: 1,
});

/** What is kept of a list, and its parts. A list of which a part is missing is none, and is fetched afresh. */
export async function readKeptList(store: Store, competitionSessionId: string): Promise<KeptList> {
  const kept = await store.read(listTables.lists, competitionSessionId);
  const progress = isProgress(kept) ? kept : noProgress(competitionSessionId);
  const [listParts, freshParts] = await Promise.all([
    readParts(store, progress.list?.parts ?? []),
    readParts(store, progress.fresh?.parts ?? []),
  ]);
  return {
    progress: {
      ...progress,
      list: listParts === null ? null : progress.list,
      fresh: freshParts === null ? null : progress.fresh,
    },
    listParts: listParts ?? [],
    freshParts: freshParts ?? [],
  };
}

async function readParts(store: Store, keys: readonly string[]): Promise<readonly KeptPart[] | null> {
  const rows = await Promise.all(keys.map((key) => store.read(listTables.parts, key)));
  const parts: KeptPart[] = [];
  for (const [index, row] of rows.entries()) {
    const part: unknown = isPartRow(row) ? JSON.parse(row.text) : undefined;
    if (!isTickets(part)) return null;
    parts.push({ key: keys[index] ?? "", part });
  }
  return parts;
}

export const partKey = ({ competitionSessionId, nextPart }: ListProgress): string =>
  `${competitionSessionId}/${nextPart}`;

/** What is kept of a part beside the names in it. */
export function withoutNames({ competitionSession, gates, offers, tickets }: ReadListPart): TicketsOfPart {
  const { holderName: _holderName, ...columns } = tickets;
  return { competitionSession, gates, offers, tickets: columns };
}

const headOf = (part: ReadListPart): KnownHead => {
  const { gamesId, number, madeAt, competitionSession, window, policy, issuerKeys, gates } = part;
  return { gamesId, number, madeAt, competitionSession, window, policy, issuerKeys, gates };
};

/**
 * How far a list has come with one more part, which has been found to be next.
 *
 * @param key under which its tickets are kept
 * @param total of a fresh list, how many tickets it will have
 */
export function progressWith(
  before: ListProgress,
  part: ReadListPart,
  key: string | null,
  total: number | null,
): ListProgress {
  const { page, cursor, more } = part;
  const nextPart = before.nextPart + (key === null ? 0 : 1);
  const added = key === null ? [] : [key];
  if (page === null) {
    const { list } = before;
    if (list === null) throw new Error("nothing can have changed in a list that is not there");
    // What is still to come may have happened before the part was made: so its date counts when all is there.
    const head = more ? list.head : headOf(part);
    return { ...before, nextPart, list: { head, cursor, parts: [...list.parts, ...added] } };
  }
  const began = page.index === 0 ? null : before.fresh;
  const parts = [...(began?.parts ?? []), ...added];
  const { first, madeAt, cursor: from } = began ?? { first: part.number, madeAt: part.madeAt, cursor };
  if (!more) {
    const head = { ...headOf(part), number: first, madeAt };
    return { ...before, nextPart, fresh: null, list: { head, cursor: from, parts } };
  }
  const lastId = part.tickets.id.at(-1) ?? "";
  return { ...before, nextPart, fresh: { first, madeAt, cursor: from, pages: page.index + 1, total, lastId, parts } };
}

/** The keys of all parts, also of those of a list that is not whole. */
export const partsOf = ({ list, fresh }: ListProgress): readonly string[] => [
  ...(list?.parts ?? []),
  ...(fresh?.parts ?? []),
];

/** The changes that take a list from one standing to another: parts that nothing names any more go, with their names. */
export function progressChanges(before: ListProgress, after: ListProgress): readonly Change[] {
  const kept = new Set(partsOf(after));
  return [
    { table: listTables.lists, key: after.competitionSessionId, value: after },
    ...partsOf(before)
      .filter((key) => !kept.has(key))
      .flatMap((key) => [
        { table: listTables.parts, key, value: null },
        { table: listTables.names, key, value: null },
      ]),
  ];
}

/** The changes that leave nothing of any competition session's list. */
export async function forgottenLists(store: Store): Promise<readonly Change[]> {
  const kept = await store.readAll(listTables.lists);
  return kept
    .filter(isProgress)
    .flatMap((progress) => [
      ...progressChanges(progress, noProgress(progress.competitionSessionId)),
      { table: listTables.lists, key: progress.competitionSessionId, value: null },
    ]);
}

export const partChange = (key: string, part: TicketsOfPart): Change => ({
  table: listTables.parts,
  key,
  value: { text: JSON.stringify(part) },
});
