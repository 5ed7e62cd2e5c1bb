import type { Category, OfferKind } from "@tessera/contracts";
import {
  type Guard,
  isFlag,
  isListOf,
  isMoment,
  isNullOr,
  isObjectOf,
  isOneOf,
  isText,
  isTextLike,
  isWhole,
} from "./guards.ts";
import {
  columnNames,
  type ListColumns,
  type ListedEntry,
  type ListedPassage,
  type ListHead,
  type ListKey,
  type ListPlace,
  listVersion,
  type ReadListPart,
} from "./list.ts";

const isTicketId = isTextLike(/^[\w-]{21}[AQgw]$/);
const isDigest = isTextLike(/^[\w-]{16}$/);
const isUuid = isTextLike(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const isReference = isTextLike(/^[0-9A-HJKMNP-TV-Z]{10}$/);
const isUnixMs = isWhole(8.64e15);
const isPlace = isWhole();
const key = { id: isWhole(255), publicKey: isTextLike(/^[\w-]{42}[AEIMQUYcgkosw048]$/) };
type Page = NonNullable<ListPlace["page"]>;

const isHead = isObjectOf<ListHead & ListPlace>({
  gamesId: isText,
  number: isWhole(),
  madeAt: isMoment,
  competitionSession: isObjectOf<ListHead["competitionSession"]>({
    id: isUuid,
    number: isWhole(2 ** 32 - 1),
    code: isText,
    disciplineCode: isText,
    discipline: isText,
    events: isText,
    medal: isFlag,
    state: isOneOf({ scheduled: true, cancelled: true }),
    venueCode: isText,
    venue: isText,
    city: isText,
    timeZone: isText,
    startsAt: isMoment,
    endsAt: isMoment,
  }),
  window: isObjectOf<ListHead["window"]>({ opensAt: isMoment, closesAt: isMoment }),
  policy: isObjectOf<ListHead["policy"]>({
    reentry: isOneOf({ never: true, after_exit: true }),
    offlineAdmission: isOneOf({ any: true, home_gate: true }),
    maxAgeSeconds: isWhole(),
    listTooOld: isOneOf({ check: true, refuse: true }),
  }),
  issuerKeys: isListOf(isObjectOf<ListHead["issuerKeys"][number]>({ ...key, compromised: isFlag })),
  listKeys: isListOf(isObjectOf<ListKey>(key)),
  gates: isListOf(
    isObjectOf<ListHead["gates"][number]>({ id: isUuid, code: isText, name: isText, zones: isListOf(isWhole(255)) }),
  ),
  offers: isListOf(
    isObjectOf<ListHead["offers"][number]>({
      kind: isOneOf<OfferKind>({ solo: true, duo: true, family: true, group: true }),
      name: isNullOr(isObjectOf<{ fr: string; en: string }>({ fr: isText, en: isText })),
    }),
  ),
  since: isNullOr(isText),
  page: isNullOr(isObjectOf<Page>({ first: isWhole(), index: isWhole(), after: isNullOr(isTicketId) })),
  cursor: isText,
  more: isFlag,
});

const isEntry: Guard<ListedEntry> = (value): value is ListedEntry =>
  Array.isArray(value) && value.length === 3 && isUnixMs(value[0]) && isPlace(value[1]) && isFlag(value[2]);

const isPassage: Guard<ListedPassage> = (value): value is ListedPassage =>
  Array.isArray(value) && value.length === 4 && isEntry(value.slice(0, 3)) && (value[3] === "in" || value[3] === "out");

const isColumns = isObjectOf<ListColumns>({
  id: isListOf(isTicketId),
  state: isListOf(isOneOf({ good: true, revoked: true, blocked: true })),
  epoch: isListOf(isWhole(65_535)),
  zone: isListOf(isWhole(255)),
  category: isListOf(isOneOf<Category>({ A: true, B: true, C: true, D: true, E: true })),
  holderName: isListOf(isText),
  offer: isListOf(isWhole()),
  passDigest: isListOf(isNullOr(isDigest)),
  nextTokenDigest: isListOf(isDigest),
  reference: isListOf(isReference),
  order: isListOf(isReference),
  firstEntry: isListOf(isNullOr(isEntry)),
  lastPassage: isListOf(isNullOr(isPassage)),
});

/**
 * Reads a part's text. Never throws: what is no part, or contradicts itself, is `malformed`; one that was written for
 * newer readers is `unknown_version`.
 */
export function parseListPart(
  body: string,
):
  | { readonly ok: true; readonly part: ReadListPart }
  | { readonly ok: false; readonly reason: "malformed" | "unknown_version" } {
  const read = parseJson(body);
  if (!isVersioned(read)) return { ok: false, reason: "malformed" };
  if (read.version !== listVersion) return { ok: false, reason: "unknown_version" };
  const good = isPart(read) && hasItsPlace(read) && agrees(read);
  return good ? { ok: true, part: read } : { ok: false, reason: "malformed" };
}

const isVersioned = isObjectOf<{ version: number }>({ version: isWhole() });

function isPart(value: object): value is ReadListPart {
  return isHead(value) && "tickets" in value && isColumns(value.tickets);
}

/** Whether it is either a page of a fresh list or what changed since a cursor, and a page has its number and its start. */
function hasItsPlace({ since, page, number, more, tickets }: ReadListPart): boolean {
  if (more && tickets.id.length === 0) return false;
  if (page === null) return since !== null;
  const isFirst = page.index === 0;
  const itsFirst = isFirst ? page.first === number : page.first < number;
  return since === null && (page.after === null) === isFirst && itsFirst;
}

/** Whether columns are of one length and point at what is there, and each ticket is listed once. */
function agrees({ listKeys, gates, offers, tickets }: ReadListPart): boolean {
  const { id, offer, firstEntry, lastPassage } = tickets;
  const isThere = (passage: ListedEntry | ListedPassage | null) => passage === null || passage[1] < gates.length;
  return (
    listKeys.length > 0 &&
    columnNames.every((name) => tickets[name].length === id.length) &&
    new Set(id).size === id.length &&
    offer.every((place) => place < offers.length) &&
    firstEntry.every(isThere) &&
    lastPassage.every(isThere)
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
