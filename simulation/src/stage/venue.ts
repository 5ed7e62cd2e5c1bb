import type { Category, GatePolicySettings } from "@tessera/contracts";
import { changeGatePolicy, type CoreContext, ensureOrganiserKeys } from "@tessera/core";
import { offerIn, registerVisitor, stockProgramme } from "@tessera/core/testing";
import type { Database } from "@tessera/db";
import { homeGateOf } from "@tessera/pass";
import { type Kysely, sql } from "kysely";
import { v7 } from "uuid";

export type SimulatedGate = { readonly id: string; readonly code: string; readonly zones: readonly number[] };

/** Where it happens: one competition session, and the gates of its venue. */
export type Venue = {
  readonly competitionSessionId: string;
  /** As passes name it. */
  readonly number: number;
  /** As passes say it. */
  readonly window: { readonly opensAt: Date; readonly closesAt: Date };
  readonly gates: readonly SimulatedGate[];
  readonly offerId: string;
  readonly policy: GatePolicySettings;
};

export const zones = [1, 2, 3] as const;
export const category: Category = "A";

/** Each zone has gates of its own, and some lead to two. */
const zonesOf: Readonly<Record<string, readonly number[]>> = {
  A: [1],
  B: [1, 2],
  C: [2],
  D: [2, 3],
  E: [3],
  F: [1, 3],
};

const hourMs = 3_600_000;
const code = "SIM01";

/** A venue with six gates and three zones. The gates open with the simulation, and are open long enough for it. */
export async function openVenue(
  ctx: CoreContext,
  ownerDb: Kysely<Database>,
  { startMs, policy, capacity }: { startMs: number; policy: GatePolicySettings; capacity: number },
): Promise<Venue> {
  await ensureOrganiserKeys(ctx);
  const startsAt = new Date(startMs + ctx.policy.gatesOpenMinutes * 60_000 - hourMs / 2);
  const endsAt = new Date(startMs + 72 * hourMs);
  await stockProgramme(ctx, [{ code, venueCode: "SIM", startsAt, endsAt, category, capacity }]);
  const session = await ownerDb
    .selectFrom("competition_session")
    .select(["id", "number", "venue_id"])
    .where("code", "=", code)
    .executeTakeFirstOrThrow();
  const more = ["E", "F"].map((letter) => {
    const id = v7({ msecs: startMs, random: ctx.random(16) });
    return { id, venue_id: session.venue_id, code: letter, name: `Porte ${letter}`, zones: [1] };
  });
  await ownerDb.insertInto("gate").values(more).execute();
  for (const [gate, behind] of Object.entries(zonesOf)) {
    const atVenue = sql`code = ${gate} and venue_id = ${session.venue_id}`;
    await sql`update gate set zones = ${[...behind]} where ${atVenue}`.execute(ownerDb);
  }
  const { offerId } = await offerIn(ctx, { code, category });
  const gates = await ownerDb
    .selectFrom("gate")
    .select(["id", "code", "zones"])
    .where("venue_id", "=", session.venue_id)
    .orderBy("code")
    .execute();
  const admin = await registerVisitor(ctx, "admin");
  await changeGatePolicy(ctx, admin, { competitionSessionId: session.id, ...policy });
  const opensAt = new Date(startsAt.getTime() - ctx.policy.gatesOpenMinutes * 60_000);
  return {
    competitionSessionId: session.id,
    number: session.number,
    window: { opensAt, closesAt: endsAt },
    gates,
    offerId,
    policy,
  };
}

/** Where a ticket's holder is sent to. */
export function homeOf(venue: Venue, ticket: { ticketId: string; zone: number }): SimulatedGate {
  const home = homeGateOf(ticket, venue.gates);
  if (home === null) throw new Error(`no gate leads to zone ${ticket.zone}`);
  return home;
}
