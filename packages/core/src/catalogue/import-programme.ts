import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../audit/write-audit-entry.ts";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";
import { lockSeatPools } from "../sales/reservations.queries.ts";
import type { SeatPoolLevel } from "./catalogue-cache.ts";
import { raiseCatalogueVersion, selectGames } from "./catalogue.queries.ts";
import { recordCapacities, refuseCapacities } from "./imported-capacities.ts";
import type { ProgrammeEntries, RowError } from "./programme-file.ts";
import {
  insertCompetitionSessions,
  insertGames,
  insertGates,
  insertImportedOffers,
  insertSeatPools,
  insertVenues,
  lockProgrammeImport,
  selectStoredProgramme,
  updateCompetitionSessions,
  updateGamesNames,
  updateImportedOfferPrices,
  updateSeatPoolCapacities,
  updateVenues,
} from "./programme-import.queries.ts";
import { type Change, type MovedCompetitionSession, planProgramme, type ProgrammePlan } from "./programme-plan.ts";

export type ImportProgrammeInput = {
  /** Names of null: keep what is stored (at the first import: the id). */
  games: { id: string; nameFr: string | null; nameEn: string | null };
  /** Of all venues of this programme: an IANA name. */
  timeZone: string;
  programme: ProgrammeEntries;
  /** Check everything, write nothing, and say what would be done. */
  dryRun?: boolean;
  /** Take in competition sessions that are already over. */
  past?: boolean;
  /** Let competition sessions that have seats taken change their venue, start or end. */
  moveSold?: boolean;
};

export type ImportCounts = { created: number; changed: number; unchanged: number };

export type ImportOutcome =
  | {
      outcome: "imported";
      venues: ImportCounts;
      competitionSessions: ImportCounts;
      seatPools: ImportCounts;
      offers: ImportCounts;
      /** Competition sessions whose venue, start or end is another now, with the seats sold or held in each. */
      moved: { code: string; taken: number }[];
      leftAlone: ProgrammePlan["leftAlone"];
    }
  /** So many competition sessions of the file would be new or moved, and yet are over already. */
  | { outcome: "over"; over: number; total: number; firstStartsAt: Date }
  | { outcome: "refused"; errors: RowError[] }
  | { outcome: "other_games"; gamesId: string };

type ImportContext = Pick<CoreContext, "db" | "clock" | "random">;

const gateCodes = ["A", "B", "C", "D"];

/**
 * Brings the catalogue to what a programme says, all or nothing: venues (a new one gets four gates), competition
 * sessions, seat pools and their standard offers. Run again, it changes what has changed and nothing else. What is no
 * longer in the programme is left alone and named in the outcome.
 *
 * `over` when it would make, or move, a competition session to a time that has passed, unless `past`. `refused` when a
 * capacity would go below the seats taken or, with seats taken, change by more than one admin may alone, or a competition
 * session with seats taken would move without `moveSold`: the pools are locked first, so that no reservation comes in between. `other_games` when the database holds the
 * programme of other Games. None of these changes anything.
 */
export async function importProgramme(ctx: ImportContext, input: ImportProgrammeInput): Promise<ImportOutcome> {
  return ctx.db.transaction().execute(async (trx): Promise<ImportOutcome> => {
    await lockProgrammeImport(trx);
    const games = await selectGames(trx);
    if (games !== undefined && games.id !== input.games.id) return { outcome: "other_games", gamesId: games.id };

    const stored = await selectStoredProgramme(trx);
    const plan = planProgramme(stored, { ...input.programme, timeZone: input.timeZone }, () => newId(ctx));
    const over = input.past === true ? 0 : countOver(plan, ctx.clock());
    if (over > 0) return { outcome: "over", over, ...extentOf(input.programme) };

    const levels = await lockPools(trx, plan);
    const moved = plan.moved.map((session) => ({
      ...session,
      taken: session.seatPoolIds.reduce((sum, id) => sum + (levels.get(id)?.taken ?? 0), 0),
    }));
    const pools = plan.seatPools.changed;
    const errors = [
      ...(input.moveSold === true ? [] : soldAndMoved(moved)),
      ...(await refuseCapacities(trx, { pools, levels, at: ctx.clock() })),
    ];
    if (errors.length > 0) {
      return { outcome: "refused", errors: errors.toSorted((one, other) => one.line - other.line) };
    }

    let offersChanged = plan.offers.changed.length;
    if (input.dryRun !== true) {
      offersChanged = await writePlan(trx, ctx, plan);
      await recordCapacities(trx, ctx, { pools, levels });
      // Last, as in every other change of the catalogue: offers are locked before the Games' row.
      const gamesChanged = await writeGames(trx, input.games, games);
      if (gamesChanged || planChanges(plan)) {
        await writeAuditEntry(trx, ctx, { action: "programme.imported", details: auditDetails(input.games.id, plan) });
        await raiseCatalogueVersion(trx);
      }
    }
    return {
      outcome: "imported",
      venues: countsOf(plan.venues),
      competitionSessions: countsOf(plan.competitionSessions),
      seatPools: countsOf(plan.seatPools),
      offers: { ...countsOf(plan.offers), changed: offersChanged },
      moved: moved.map(({ code, taken }) => ({ code, taken })),
      leftAlone: plan.leftAlone,
    };
  });
}

/** What is stored as the file has it does not count: while the Games are on, the days that are over stay in the file. */
function countOver({ competitionSessions, moved }: ProgrammePlan, now: Date): number {
  return [...competitionSessions.created, ...moved].filter(({ endsAt }) => endsAt <= now).length;
}

function extentOf({ competitionSessions }: ProgrammeEntries): { total: number; firstStartsAt: Date } {
  const firstStartsAt = new Date(Math.min(...competitionSessions.map(({ startsAt }) => startsAt.getTime())));
  return { total: competitionSessions.length, firstStartsAt };
}

/** Locks all pools whose seats decide, at once and so in one order, until the transaction ends. */
async function lockPools(trx: Transaction<Database>, plan: ProgrammePlan): Promise<Map<string, SeatPoolLevel>> {
  const ids = [
    ...plan.seatPools.changed.map((pool) => pool.id),
    ...plan.moved.flatMap((session) => session.seatPoolIds),
  ];
  return new Map((await lockSeatPools(trx, ids)).map(({ id, ...level }) => [id, level]));
}

function soldAndMoved(moved: readonly (MovedCompetitionSession & { taken: number })[]): RowError[] {
  return moved
    .filter(({ taken }) => taken > 0)
    .map(({ line, column, code, taken }) => {
      const seats = taken === 1 ? "1 seat" : `${taken} seats`;
      return { line, column, message: `${code} has ${seats} taken: moving it needs --move-sold` };
    });
}

/** Writes the Games' row and says whether anything of it is new. */
async function writeGames(
  trx: Transaction<Database>,
  wanted: ImportProgrammeInput["games"],
  stored: { name_fr: string; name_en: string } | undefined,
): Promise<boolean> {
  const nameFr = wanted.nameFr ?? stored?.name_fr ?? wanted.id;
  const nameEn = wanted.nameEn ?? stored?.name_en ?? wanted.id;
  if (stored === undefined) {
    await insertGames(trx, { id: wanted.id, nameFr, nameEn });
    return true;
  }
  if (stored.name_fr === nameFr && stored.name_en === nameEn) return false;
  await updateGamesNames(trx, { nameFr, nameEn });
  return true;
}

/** Writes what the plan holds, and gives the number of offers whose price was changed. */
async function writePlan(trx: Transaction<Database>, ctx: ImportContext, plan: ProgrammePlan): Promise<number> {
  const { venues, competitionSessions, seatPools, offers } = plan;
  if (venues.created.length > 0) {
    await insertVenues(trx, venues.created);
    await insertGates(
      trx,
      venues.created.flatMap((venue) => gateCodes.map((code) => ({ id: newId(ctx), venueId: venue.id, code }))),
    );
  }
  if (venues.changed.length > 0) await updateVenues(trx, venues.changed);
  if (competitionSessions.created.length > 0) await insertCompetitionSessions(trx, competitionSessions.created);
  if (competitionSessions.changed.length > 0) await updateCompetitionSessions(trx, competitionSessions.changed);
  if (seatPools.created.length > 0) await insertSeatPools(trx, seatPools.created);
  if (seatPools.changed.length > 0) await updateSeatPoolCapacities(trx, seatPools.changed);
  if (offers.created.length > 0) await insertImportedOffers(trx, offers.created, ctx.clock());
  return offers.changed.length > 0 ? updateImportedOfferPrices(trx, offers.changed) : 0;
}

/** How much was made and changed, of each kind that changed at all. */
function auditDetails(gamesId: string, plan: ProgrammePlan): Record<string, string | number> {
  const { venues, competitionSessions, seatPools, offers } = plan;
  const counts = Object.entries({ venues, competitionSessions, seatPools, offers }).flatMap(([name, change]) => [
    [`${name}Created`, change.created.length] as const,
    [`${name}Changed`, change.changed.length] as const,
  ]);
  return { gamesId, ...Object.fromEntries(counts.filter(([, count]) => count > 0)) };
}

function planChanges({ venues, competitionSessions, seatPools, offers }: ProgrammePlan): boolean {
  return [venues, competitionSessions, seatPools, offers].some(
    (change) => change.created.length > 0 || change.changed.length > 0,
  );
}

const countsOf = <Row>({ created, changed, unchanged }: Change<Row>): ImportCounts => ({
  created: created.length,
  changed: changed.length,
  unchanged,
});
