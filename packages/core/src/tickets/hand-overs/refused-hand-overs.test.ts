import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../../ports.ts";
import {
  buy,
  handOver,
  offerTo,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
  testRequester,
  waitingForLocks,
  withoutLimits,
} from "../../testing/index.ts";
import { listTickets } from "../list-tickets.ts";
import { acceptHandOvers } from "./accept-hand-overs.ts";
import { refuseHandOvers, takeBackHandOvers } from "./end-hand-overs.ts";
import { listHandOvers } from "./list-hand-overs.ts";
import { offerHandOvers } from "./offer-hand-overs.ts";

type Person = Actor & { email: string };

const start = new Date("2028-07-14T12:00:00Z");
const hour = 3_600_000;
const day = 24 * hour;
let database: TestDatabase;
let world: TestContext;
let giver: Person;
let receiver: Person;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start });
  world = { ...world, ctx: withoutLimits(world.ctx) };
  // It starts on the 20th of July at 16:00 UTC: the gates open at 14:30, and it closes at 11:30.
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 400 }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.set(start);
  [giver, receiver] = [await registerVisitor(world.ctx), await registerVisitor(world.ctx)];
});

const bought = async (kind: "solo" | "duo" | "family" = "solo", buyer: Actor = giver) =>
  (await buy(world.ctx, buyer, { kind })).tickets.map(({ id }) => id);
const offer = (ticketIds: readonly string[], email = receiver.email) => offerTo(world.ctx, giver, { email, ticketIds });
const accept = (handOverIds: readonly string[], who = receiver) => acceptHandOvers(world.ctx, who, { handOverIds });
const refuse = (handOverIds: readonly string[], who = receiver) => refuseHandOvers(world.ctx, who, { handOverIds });
const takeBack = (handOverIds: readonly string[], who = giver) => takeBackHandOvers(world.ctx, who, { handOverIds });
const ticketsOf = async (who: Actor) => (await listTickets(world.ctx, who, {})).map(({ id }) => id).toSorted();
const accountRow = (who: Actor) => database.ownerDb.updateTable("account").where("id", "=", who.accountId);
const sessionRow = () => database.ownerDb.updateTable("competition_session").where("code", "=", "ATH01");

describe("an offer is refused", () => {
  test("for what the actor does not hold, wholly", async () => {
    const mine = await bought();
    await expect(offer([...mine, ...(await bought("solo", receiver))])).rejects.toMatchObject({ code: "not_found" });
    await handOver(world.ctx, { giver, receiver, ticketIds: mine });
    await expect(offer(mine)).rejects.toMatchObject({ code: "not_found" });
    expect(await listHandOvers(world.ctx, giver)).toMatchObject([{ state: "accepted" }]);
  });

  test("to oneself, and to a second address", async () => {
    const [ticketId = ""] = await bought();
    await expect(offer([ticketId], giver.email)).rejects.toMatchObject({ code: "hand_over_to_self" });
    await offer([ticketId]);
    await expect(offer([ticketId], "other@example.test")).rejects.toMatchObject({ code: "already_offered" });
    const [other = ""] = await bought();
    const offers = [receiver.email, "other@example.test"].map((email) => ({ ticketId: other, email }));
    const both = offerHandOvers(world.ctx, giver, { offers }, testRequester);
    await expect(both).rejects.toMatchObject({ code: "already_offered" });
  });

  test("when the gates open soon, and so is accepting", async () => {
    const [first = "", second = ""] = await bought("duo");
    const [handOverId = ""] = await offer([first]);
    world.clock.set(new Date("2028-07-20T11:29:59Z"));
    await offer([second]);
    world.clock.set(new Date("2028-07-20T11:30:00Z"));
    const [third = ""] = await bought();
    await expect(offer([third])).rejects.toMatchObject({
      code: "hand_over_closed",
      details: { closesAt: "2028-07-20T11:30:00.000Z" },
    });
    await expect(accept([handOverId])).rejects.toMatchObject({
      code: "hand_over_ended",
      details: { state: "expired" },
    });
  });

  test("when the competition session is brought forward, and so is accepting", async () => {
    const [handOverId = ""] = await offer(await bought());
    world.clock.advance(hour);
    await sessionRow()
      .set({ starts_at: new Date(start.getTime() + 4 * hour) })
      .execute();
    const accepting = accept([handOverId]).catch((error: unknown) => error);
    const offering = offer(await bought()).catch((error: unknown) => error);
    const results = [await accepting, await offering];
    await sessionRow()
      .set({ starts_at: new Date("2028-07-20T16:00:00Z") })
      .execute();
    expect(results).toMatchObject([{ code: "hand_over_closed" }, { code: "hand_over_closed" }]);
  });

  test("when the competition session forbids it, and so is accepting", async () => {
    const [handOverId = ""] = await offer(await bought());
    const other = await bought();
    await sessionRow().set({ hand_over_allowed: false }).execute();
    const results = [
      await accept([handOverId]).catch((error: unknown) => error),
      await offer(other).catch((error: unknown) => error),
    ];
    await sessionRow().set({ hand_over_allowed: true }).execute();
    expect(results).toMatchObject([{ code: "hand_over_forbidden" }, { code: "hand_over_forbidden" }]);
  });

  test("while the giver's factors are new, and so is accepting; afterwards not", async () => {
    const [handOverId = ""] = await offer(await bought());
    const until = new Date(start.getTime() + day);
    await accountRow(giver).set({ hand_over_frozen_until: until }).execute();
    await expect(offer(await bought())).rejects.toMatchObject({
      code: "hand_over_frozen",
      details: { until: until.toISOString() },
    });
    await expect(accept([handOverId])).rejects.toMatchObject({ code: "hand_over_frozen" });
    // Neither the receiver's own freeze nor taking back is any of it.
    await accountRow(receiver)
      .set({ hand_over_frozen_until: new Date(start.getTime() + 9 * day) })
      .execute();
    world.clock.set(until);
    expect(await accept([handOverId])).toMatchObject([{ state: "accepted" }]);
  });

  test("race: to who accepts while the giver's factors are being replaced", async () => {
    const handOverIds = await offer(await bought());
    const { accepting } = await database.ownerDb.transaction().execute(async (trx) => {
      const until = new Date(start.getTime() + day);
      const frozen = trx.updateTable("account").set({ hand_over_frozen_until: until });
      await frozen.where("id", "=", giver.accountId).execute();
      const outcome = accept(handOverIds).catch((error: unknown) => error);
      await expect.poll(() => waitingForLocks(database.db)).toBe(1);
      return { accepting: outcome };
    });
    expect(await accepting).toMatchObject({ code: "hand_over_frozen" });
  });

  test("when it was used", async () => {
    const ticketIds = await bought();
    await database.ownerDb.updateTable("ticket").set({ state: "admitted" }).where("id", "in", ticketIds).execute();
    await expect(offer(ticketIds)).rejects.toMatchObject({ code: "conflict" });
  });

  test("above 60 addresses an hour, by account", async () => {
    const ctx = testContext({ db: database.db, now: start }).ctx;
    const offers = (await bought("duo")).map((ticketId, at) => ({ ticketId, email: `many-${at}@example.test` }));
    for (let round = 0; round < 30; round += 1) {
      await offerHandOvers({ ...world.ctx, attempts: ctx.attempts }, giver, { offers }, testRequester);
    }
    await expect(
      offerHandOvers({ ...world.ctx, attempts: ctx.attempts }, giver, { offers }, testRequester),
    ).rejects.toMatchObject({ code: "too_many_requests" });
  });
});

describe("an offer is for whoever has an account with its address", () => {
  test("and it is none of anybody else's", async () => {
    const [handOverId = ""] = await offer(await bought());
    const stranger = await registerVisitor(world.ctx);
    for (const act of [accept, refuse, takeBack]) {
      await expect(act([handOverId], stranger)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(accept([handOverId], giver)).rejects.toMatchObject({ code: "not_found" });
    await expect(takeBack([handOverId], receiver)).rejects.toMatchObject({ code: "not_found" });
    expect(await listHandOvers(world.ctx, stranger)).toEqual([]);
  });

  test("also one that is opened later, and the giver learns nothing either way", async () => {
    const email = "later@example.test";
    const [known, unknown] = await bought("duo");
    const answers = [
      await offerHandOvers(
        world.ctx,
        giver,
        { offers: [{ ticketId: known ?? "", email: receiver.email }] },
        testRequester,
      ),
      await offerHandOvers(world.ctx, giver, { offers: [{ ticketId: unknown ?? "", email }] }, testRequester),
    ].map(([one]) => ({ ...one, id: "", ticketId: "", ticketReference: "", other: "" }));
    expect(answers[0]).toEqual(answers[1]);

    const newcomer = await registerVisitor(world.ctx);
    await accountRow(newcomer).set({ email }).execute();
    const [received] = await listHandOvers(world.ctx, newcomer);
    expect(received).toMatchObject({ direction: "received", state: "offered", other: "Camille Test" });
    expect(JSON.stringify(received)).not.toContain(giver.email);
    await accept([received?.id ?? ""], { ...newcomer, email });
    expect(await ticketsOf(newcomer)).toEqual([unknown]);
  });

  test("and not one of the staff", async () => {
    const staff = await registerVisitor(world.ctx, "staff");
    const [handOverId = ""] = await offer(await bought(), staff.email);
    await expect(accept([handOverId], staff)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("and not the giver, who has taken that address meanwhile", async () => {
    const [handOverId = ""] = await offer(await bought(), "to-myself@example.test");
    await accountRow(giver).set({ email: "to-myself@example.test" }).execute();
    await expect(accept([handOverId], giver)).rejects.toMatchObject({ code: "hand_over_to_self" });
    expect(await listHandOvers(world.ctx, giver)).toMatchObject([{ direction: "given" }]);
  });
});
