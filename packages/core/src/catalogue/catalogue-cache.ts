import type { PurchaseLimits } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import type { Clock } from "../ports.ts";
import {
  selectCatalogueHead,
  selectCompetitionSessions,
  selectGames,
  selectSeatPoolLevels,
} from "./catalogue.queries.ts";
import { selectPublishedOfferTerms } from "./offer-terms.queries.ts";
import { type OfferTerms, toOfferTerms } from "./offer.ts";
import { type CompetitionSessionFacts, toCompetitionSession } from "./rows.ts";

export type CatalogueSession = {
  facts: CompetitionSessionFacts;
  phases: string;
  offers: OfferTerms[];
};

export type SeatPoolLevel = { capacity: number; taken: number };

export type Catalogue = {
  gamesName: { fr: string; en: string } | null;
  competitionSessions: readonly CatalogueSession[];
  byCode: ReadonlyMap<string, CatalogueSession>;
  /** Published ones. */
  offersById: ReadonlyMap<string, OfferTerms>;
  byId: ReadonlyMap<string, CatalogueSession>;
  levels: ReadonlyMap<string, SeatPoolLevel>;
  /** Null before the first programme. */
  limits: PurchaseLimits | null;
};

/** What is read anew only when the version has changed. */
type LoadedCatalogue = Omit<Catalogue, "levels" | "limits">;

/** The catalogue in memory: read by everybody, changed rarely, current within a second on every node. */
export type CatalogueCache = { read(): Promise<Catalogue> };

const freshForMs = 500;

/**
 * Serves the catalogue from memory. At most twice a second, and only if somebody asks, it reads the catalogue's version
 * and how full the pools are; the rest is read anew only when the version has changed. Many who ask at once share one
 * reading.
 */
export function createCatalogueCache({ db, clock }: { db: Kysely<Database>; clock: Clock }): CatalogueCache {
  let loaded: { version: number | null; catalogue: LoadedCatalogue } | undefined;
  let latest: { readAt: number; catalogue: Catalogue } | undefined;
  let underWay: Promise<Catalogue> | undefined;

  async function refresh(): Promise<Catalogue> {
    const readAt = clock().getTime();
    const { version = null, limits = null } = (await selectCatalogueHead(db)) ?? {};
    if (loaded === undefined || loaded.version !== version) {
      loaded = { version, catalogue: await load(db) };
    }
    const pools = await selectSeatPoolLevels(db);
    const levels = new Map(pools.map(({ id, capacity, taken }) => [id, { capacity, taken }]));
    const catalogue = { ...loaded.catalogue, levels, limits };
    latest = { readAt, catalogue };
    return catalogue;
  }

  return {
    async read() {
      const age = latest === undefined ? Infinity : clock().getTime() - latest.readAt;
      // A clock set back must not freeze the catalogue.
      if (latest !== undefined && age >= 0 && age < freshForMs) return latest.catalogue;
      underWay ??= refresh().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
  };
}

async function load(db: Kysely<Database>): Promise<LoadedCatalogue> {
  const games = await selectGames(db);
  const sessions = await selectCompetitionSessions(db);
  const byId = new Map(
    sessions.map((row): [string, CatalogueSession] => [
      row.competition_session_id,
      { facts: toCompetitionSession(row), phases: row.phases, offers: [] },
    ]),
  );
  const offersById = toOfferTerms(await selectPublishedOfferTerms(db));
  for (const offer of offersById.values()) {
    for (const id of new Set(offer.entries.map((entry) => entry.competitionSessionId)))
      byId.get(id)?.offers.push(offer);
  }
  const competitionSessions = [...byId.values()];
  return {
    gamesName: games === undefined ? null : { fr: games.name_fr, en: games.name_en },
    competitionSessions,
    byCode: new Map(competitionSessions.map((session) => [session.facts.code, session])),
    offersById,
    byId,
  };
}
