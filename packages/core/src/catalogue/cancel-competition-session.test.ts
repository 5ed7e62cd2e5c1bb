import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listGateCompetitionSessions } from "../gate/list-gate-competition-sessions.ts";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { reserveSeats } from "../sales/reserve-seats.ts";
import {
  buy,
  fetchList,
  makeDevice,
  offerIn,
  offerTo,
  openPayment,
  registerVisitor,
  reserveOne,
  scanOnline,
  stockProgramme,
  type TestContext,
  testContext,
} from "../testing/index.ts";
import { acceptHandOvers } from "../tickets/hand-overs/accept-hand-overs.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { printTickets } from "../tickets/print-tickets.ts";
import { cancelCompetitionSession } from "./cancel-competition-session.ts";
import { changeHandOver } from "./change-hand-over.ts";
import { publishOffer } from "./change-offer-state.ts";
import { createOffer } from "./create-offer.ts";
import { listSeatPools } from "./list-seat-pools.ts";
import { readAdminCompetitionSession } from "./read-admin-competition-session.ts";
import { readProgramme } from "./read-programme.ts";

let database: TestDatabase;
let world: TestContext;
let admin: Actor;
let buyer: Actor;
let code: string;
let competitionSessionId: string;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await ensureOrganiserKeys(world.ctx);
  admin = await registerVisitor(world.ctx, "admin");
});
afterAll(() => database.drop());

/** A competition session of each test's own. */
beforeEach(async () => {
  made += 1;
  world.clock.set(new Date(`2028-07-14T12:${String(made).padStart(2, "0")}:00Z`));
  code = `ATH${String(made).padStart(2, "0")}`;
  await stockProgramme(world.ctx, [{ code, capacity: 50 }]);
  world.clock.advance(1000);
  buyer = await registerVisitor(world.ctx);
  competitionSessionId = (await offerIn(world.ctx, { code })).competitionSessionId;
});

const cancel = (other: { code?: string; note?: string } = {}, by = admin) =>
  cancelCompetitionSession(world.ctx, by, { competitionSessionId, code, note: "Storm", ...other });
const read = () => readAdminCompetitionSession(world.ctx, { competitionSessionId });
const entriesOf = (subjectId: string) =>
  database.ownerDb
    .selectFrom("audit_entry")
    .select(["action", "actor_id", "details"])
    .where("subject_id", "=", subjectId)
    .orderBy("id")
    .execute();

describe("a competition session that is cancelled", () => {
  test("is off sale within a second, and packages with it", async () => {
    const other = `SWM${String(made).padStart(2, "0")}`;
    await stockProgramme(world.ctx, [{ code: other, disciplineCode: "SWM", discipline: "Swimming" }]);
    const pools = [
      ...(await listSeatPools(world.ctx, { search: code })),
      ...(await listSeatPools(world.ctx, { search: other })),
    ];
    const draft = await createOffer(world.ctx, admin, {
      seatPoolIds: pools.map(({ seatPoolId }) => seatPoolId),
      kind: "solo",
      persons: 1,
      name: { fr: "Les deux", en: "Both" },
      priceCents: 500_00,
      salesOpenAt: null,
      salesCloseAt: null,
      maxPerOrder: 5,
    });
    await publishOffer(world.ctx, admin, { offerId: draft.id, version: draft.version });
    world.clock.advance(1000);
    const wanted = await offerIn(world.ctx, { code });
    const inProgramme = async (of: string) => {
      const { competitionSessions, packages } = await readProgramme(world.ctx);
      const row = competitionSessions.find((session) => session.code === of);
      return [row?.state, row?.fromCents, packages.some(({ offerId }) => offerId === draft.id)];
    };
    expect(await inProgramme(code)).toEqual(["scheduled", 120_00, true]);

    await cancel();
    world.clock.advance(1000);
    expect(await inProgramme(code)).toEqual(["cancelled", null, false]);
    expect(await inProgramme(other)).toEqual(["scheduled", 120_00, false]);
    await expect(offerIn(world.ctx, { code })).rejects.toThrow("no solo offer");
    for (const { offerId, unitPriceCents } of [wanted, { offerId: draft.id, unitPriceCents: 500_00 }]) {
      await expect(reserve(offerId, unitPriceCents)).rejects.toMatchObject({ code: "offer_not_on_sale" });
    }
  });

  test("is not paid, activated, printed, offered or accepted, and nobody gets in", async () => {
    const held = await reserveOne(world.ctx, buyer, { code });
    const { tickets } = await buy(world.ctx, buyer, { code, quantity: 2 });
    const [first = "", second = ""] = tickets.map(({ id }) => id);
    const device = await makeDevice();
    const [pass] = await device.activate(world.ctx, buyer, [first]);
    const receiver = await registerVisitor(world.ctx);
    const { email } = receiver;
    const [handOverId = ""] = await offerTo(world.ctx, buyer, { email, ticketIds: [second] });
    expect(await read()).toMatchObject({ handOver: { allowed: true, offered: 1 } });

    await cancel();
    await expect(openPayment(world.ctx, buyer, held.id)).rejects.toMatchObject({ code: "order_not_payable" });
    await expect(device.activate(world.ctx, buyer, [first])).rejects.toMatchObject({ code: "activation_closed" });
    await expect(
      printTickets(world.ctx, buyer, { tickets: [{ ticketId: second, expectedEpoch: 0 }] }),
    ).rejects.toMatchObject({
      code: "hand_over_closed",
    });
    await expect(offerTo(world.ctx, buyer, { email, ticketIds: [first] })).rejects.toMatchObject({
      code: "hand_over_closed",
    });
    await expect(acceptHandOvers(world.ctx, receiver, { handOverIds: [handOverId] })).rejects.toMatchObject({
      code: "hand_over_closed",
    });
    const seen = await listTickets(world.ctx, buyer, {});
    expect(seen.map(({ activation, handOver }) => [activation.state, handOver.state])).toEqual([
      ["active", "closed"],
      // Whoever pays back ends it.
      ["closed", "offered"],
    ]);

    world.clock.advance(2000);
    expect(await fetchList(world.ctx, { competitionSessionId })).toMatchObject({
      competitionSession: { state: "cancelled" },
    });
    const sessions = await listGateCompetitionSessions(world.ctx);
    const gates =
      sessions.find(({ competitionSession }) => competitionSession.id === competitionSessionId)?.gates ?? [];
    world.clock.set(new Date("2028-07-20T15:30:00Z"));
    const shown = await device.show(pass?.pass ?? "", world.ctx.clock());
    const scan = { competitionSessionId, gateId: gates[0]?.id ?? "", code: shown };
    expect(await scanOnline(world.ctx, scan)).toMatchObject({ outcome: "refuse", reason: "session_cancelled" });
  });

  test("stays so, for the reason that was given first; and it is written down who did it", async () => {
    await cancel();
    const first = await read();
    expect(first.cancelled).toMatchObject({ by: { id: admin.accountId }, note: "Storm", paidBackAt: null });
    world.clock.advance(60_000);
    await cancel({ note: "Another" }, await registerVisitor(world.ctx, "admin"));
    expect((await read()).cancelled).toEqual(first.cancelled);
    expect(await entriesOf(competitionSessionId)).toEqual([
      { action: "competition_session.cancelled", actor_id: admin.accountId, details: { competitionSessionCode: code } },
    ]);
  });

  test("is not cancelled under another code, by nobody's admin, or if it is not there", async () => {
    await expect(cancel({ code: "ATH99" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(cancel({}, buyer)).rejects.toMatchObject({ code: "forbidden" });
    const nowhere = { competitionSessionId: randomUUID(), code, note: "Storm" };
    await expect(cancelCompetitionSession(world.ctx, admin, nowhere)).rejects.toMatchObject({ code: "not_found" });
    expect((await read()).cancelled).toBeNull();
  });
});

describe("handing over", () => {
  test("is forbidden and allowed again; what is offered meanwhile cannot be accepted", async () => {
    const { tickets } = await buy(world.ctx, buyer, { code });
    const ticketIds = tickets.map(({ id }) => id);
    const receiver = await registerVisitor(world.ctx);
    const handOverIds = await offerTo(world.ctx, buyer, { email: receiver.email, ticketIds });
    const change = (allowed: boolean, by = admin) => changeHandOver(world.ctx, by, { competitionSessionId, allowed });
    await expect(change(false, buyer)).rejects.toMatchObject({ code: "forbidden" });
    await change(false);
    await change(false);
    expect((await read()).handOver).toMatchObject({ allowed: false, offered: 1 });
    const accept = () => acceptHandOvers(world.ctx, receiver, { handOverIds });
    await expect(accept()).rejects.toMatchObject({ code: "hand_over_forbidden" });
    world.clock.advance(1000);
    await change(true);
    expect(await accept()).toMatchObject([{ state: "accepted" }]);
    const written = { action: "competition_session.hand_over_changed", actor_id: admin.accountId };
    expect(await entriesOf(competitionSessionId)).toEqual([
      { ...written, details: { competitionSessionCode: code, allowed: false } },
      { ...written, details: { competitionSessionCode: code, allowed: true } },
    ]);
    const nowhere = { competitionSessionId: randomUUID(), allowed: true };
    await expect(changeHandOver(world.ctx, admin, nowhere)).rejects.toMatchObject({ code: "not_found" });
  });
});

async function reserve(offerId: string, unitPriceCents: number): Promise<void> {
  const lines = [{ offerId, unitPriceCents, quantity: 1 }];
  await reserveSeats(world.ctx, buyer, { idempotencyKey: randomUUID(), lines });
}
