import { type Category, type OfferKind, personsOfKind } from "@tessera/contracts";
import type {
  CompetitionSessionEntry,
  ProgrammeColumn,
  ProgrammeEntries,
  SeatPoolEntry,
  VenueEntry,
} from "./programme-file.ts";

export type StoredVenue = VenueEntry & { id: string; timeZone: string };
export type StoredCompetitionSession = Omit<CompetitionSessionEntry, "line" | "venueCode"> & {
  id: string;
  venueId: string;
  ceremony: boolean;
};
export type StoredSeatPool = { id: string; competitionSessionId: string; category: Category; capacity: number };
/** An offer that an import made and no admin has changed since. */
export type StoredOffer = { id: string; seatPoolId: string; kind: OfferKind; persons: number; priceCents: number };

export type StoredProgramme = {
  venues: StoredVenue[];
  competitionSessions: StoredCompetitionSession[];
  seatPools: StoredSeatPool[];
  offers: StoredOffer[];
};

/** What an import does to one kind of thing. `changed` holds the new values under the id that is there. */
export type Change<Row> = { created: Row[]; changed: Row[]; unchanged: number };

export type PlannedSeatPool = StoredSeatPool & Pick<SeatPoolEntry, "line" | "competitionSessionCode">;

/** A stored competition session that the file puts at another place or time: whoever has a seat must not be surprised. */
export type MovedCompetitionSession = Pick<CompetitionSessionEntry, "line" | "code" | "endsAt"> & {
  /** The first column that says so. */
  column: ProgrammeColumn;
  /** All of its stored seat pools, also those that are no longer in the file. */
  seatPoolIds: string[];
};

export type ProgrammePlan = {
  venues: Change<StoredVenue>;
  competitionSessions: Change<StoredCompetitionSession>;
  /** Some of `competitionSessions.changed`. */
  moved: MovedCompetitionSession[];
  seatPools: Change<PlannedSeatPool>;
  offers: Change<StoredOffer>;
  /** Stored, but no longer in the file. Left alone: people may hold tickets for them. */
  leftAlone: { competitionSessions: string[]; seatPools: string[] };
};

const ceremonyCode = "CER";
const standardKinds = ["solo", "duo", "family"] as const;

/**
 * Compares a programme with what is stored. A seat pool gets its standard offers (solo, duo, family; each costs the
 * price of the file for each person) when it is created. Later the price follows the file, as long as the offer is in
 * `stored.offers`, and so an offer that an admin has changed is neither touched nor made again.
 */
export function planProgramme(
  stored: StoredProgramme,
  wanted: ProgrammeEntries & { timeZone: string },
  makeId: () => string,
): ProgrammePlan {
  const venues = compare({
    stored: stored.venues,
    wanted: wanted.venues.map((venue) => ({ ...venue, timeZone: wanted.timeZone })),
    keyOf: (venue) => venue.code,
    makeId,
  });
  const sessions = compare({
    stored: stored.competitionSessions,
    wanted: wanted.competitionSessions.map(({ line: _line, venueCode, ...session }) => ({
      ...session,
      venueId: venues.idOf(venueCode),
      ceremony: session.disciplineCode === ceremonyCode,
    })),
    keyOf: (session) => session.code,
    makeId,
  });
  const pools = compare({
    stored: stored.seatPools,
    wanted: wanted.seatPools.map(({ competitionSessionCode, category, capacity }) => ({
      competitionSessionId: sessions.idOf(competitionSessionCode),
      category,
      capacity,
    })),
    keyOf: poolKey,
    makeId,
  });

  const entries = new Map(
    wanted.seatPools.map((entry) => {
      const competitionSessionId = sessions.idOf(entry.competitionSessionCode);
      return [pools.idOf(poolKey({ competitionSessionId, category: entry.category })), entry];
    }),
  );
  const withEntry = (pool: StoredSeatPool): PlannedSeatPool => {
    const { line, competitionSessionCode } = found(entries, pool.id);
    return { ...pool, line, competitionSessionCode };
  };
  return {
    venues: venues.change,
    competitionSessions: sessions.change,
    moved: movedSessions(stored, sessions.change.changed, wanted),
    seatPools: {
      created: pools.change.created.map(withEntry),
      changed: pools.change.changed.map(withEntry),
      unchanged: pools.change.unchanged,
    },
    offers: planOffers(stored.offers, pools.change.created, entries, makeId),
    leftAlone: leftAlone(stored, wanted, entries),
  };
}

function movedSessions(
  stored: StoredProgramme,
  changed: readonly StoredCompetitionSession[],
  wanted: ProgrammeEntries,
): MovedCompetitionSession[] {
  const before = new Map(stored.competitionSessions.map((session) => [session.id, session]));
  const lines = new Map(wanted.competitionSessions.map(({ code, line }) => [code, line]));
  const pools = Map.groupBy(stored.seatPools, (pool) => pool.competitionSessionId);
  return changed.flatMap((session) => {
    const column = movedColumn(found(before, session.id), session);
    if (column === undefined) return [];
    const seatPoolIds = (pools.get(session.id) ?? []).map((pool) => pool.id);
    return [{ line: found(lines, session.code), code: session.code, endsAt: session.endsAt, column, seatPoolIds }];
  });
}

function movedColumn(from: StoredCompetitionSession, to: StoredCompetitionSession): ProgrammeColumn | undefined {
  if (from.venueId !== to.venueId) return "venue_code";
  if (from.startsAt.getTime() !== to.startsAt.getTime()) return "starts_at";
  return from.endsAt.getTime() === to.endsAt.getTime() ? undefined : "ends_at";
}

function planOffers(
  stored: readonly StoredOffer[],
  newPools: readonly StoredSeatPool[],
  entries: ReadonlyMap<string, SeatPoolEntry>,
  makeId: () => string,
): Change<StoredOffer> {
  const created = newPools.flatMap((pool) =>
    standardKinds.map((kind) => {
      const persons = personsOfKind[kind];
      const priceCents = persons * found(entries, pool.id).priceCents;
      return { id: makeId(), seatPoolId: pool.id, kind, persons, priceCents };
    }),
  );
  const inFile = stored.flatMap((offer) => {
    const entry = entries.get(offer.seatPoolId);
    return entry === undefined ? [] : [{ offer, priceCents: offer.persons * entry.priceCents }];
  });
  const changed = inFile
    .filter(({ offer, priceCents }) => offer.priceCents !== priceCents)
    .map(({ offer, priceCents }) => ({ ...offer, priceCents }));
  return { created, changed, unchanged: inFile.length - changed.length };
}

function leftAlone(
  stored: StoredProgramme,
  wanted: ProgrammeEntries,
  entries: ReadonlyMap<string, SeatPoolEntry>,
): ProgrammePlan["leftAlone"] {
  const inFile = new Set(wanted.competitionSessions.map((session) => session.code));
  const codes = new Map(stored.competitionSessions.map((session) => [session.id, session.code]));
  return {
    competitionSessions: [...codes.values()].filter((code) => !inFile.has(code)),
    seatPools: stored.seatPools.flatMap((pool) => {
      const code = codes.get(pool.competitionSessionId);
      return code !== undefined && inFile.has(code) && !entries.has(pool.id) ? [`${code} ${pool.category}`] : [];
    }),
  };
}

const poolKey = (pool: { competitionSessionId: string; category: string }): string =>
  `${pool.competitionSessionId} ${pool.category}`;

function compare<Row extends object>(input: {
  stored: readonly (Row & { id: string })[];
  wanted: readonly Row[];
  keyOf: (row: Row) => string;
  makeId: () => string;
}): { change: Change<Row & { id: string }>; idOf: (key: string) => string } {
  const byKey = new Map(input.stored.map((row) => [input.keyOf(row), row]));
  const ids = new Map<string, string>();
  const change: Change<Row & { id: string }> = { created: [], changed: [], unchanged: 0 };
  for (const row of input.wanted) {
    const existing = byKey.get(input.keyOf(row));
    const target = { ...row, id: existing?.id ?? input.makeId() };
    ids.set(input.keyOf(row), target.id);
    if (existing === undefined) change.created.push(target);
    else if (same(existing, target)) change.unchanged += 1;
    else change.changed.push(target);
  }
  return { change, idOf: (key) => found(ids, key) };
}

/** Whether `stored` has all that `wanted` says. Values are text, numbers, booleans and moments. */
function same<Row extends object>(stored: Row, wanted: Row): boolean {
  const storedValues = new Map(Object.entries(stored).map(([key, value]) => [key, comparable(value)]));
  return Object.entries(wanted).every(([key, value]) => storedValues.get(key) === comparable(value));
}

const comparable = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

function found<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  // gatherProgramme makes a venue for each session and a session for each pool.
  if (value === undefined) throw new Error(`The programme names ${key}, which it does not hold`);
  return value;
}
