import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../ports.ts";
import {
  buy,
  offerTo,
  queuedMails,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { listTickets } from "../list-tickets.ts";
import { acceptHandOvers } from "./accept-hand-overs.ts";
import { refuseHandOvers, takeBackHandOvers } from "./end-hand-overs.ts";
import { expireHandOvers, forgetOfferedAddresses } from "./expire-hand-overs.ts";
import { listHandOvers } from "./list-hand-overs.ts";

type Person = Actor & { email: string };

const hour = 3_600_000;
const start = new Date("2028-07-10T12:00:00Z");
const inAWeek = new Date("2028-07-17T12:00:00Z");
let database: TestDatabase;
let world: TestContext;
let giver: Person;
let receiver: Person;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start });
  // It starts on the 20th of July.
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 200 }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.set(start);
  [giver, receiver] = [await registerVisitor(world.ctx), await registerVisitor(world.ctx)];
});

async function offered({ email } = receiver) {
  const ticketIds = (await buy(world.ctx, giver, { kind: "duo" })).tickets.map(({ id }) => id);
  return { ticketIds, handOverIds: await offerTo(world.ctx, giver, { email, ticketIds }) };
}
const endings = async ({ email }: { email: string }) =>
  (await queuedMails(world.ctx, email)).flatMap(({ content }) =>
    content.template === "hand_over_ended" ? [{ outcome: content.outcome, tickets: content.tickets.length }] : [],
  );

test("an offer stands for a week, and then both are told once, whoever runs it and how often", async () => {
  await offered();
  world.clock.set(new Date(inAWeek.getTime() - 1));
  expect(await expireHandOvers(world.ctx)).toEqual({ ended: 0, failed: [] });
  expect(await listHandOvers(world.ctx, receiver)).toMatchObject([{ state: "offered" }, { state: "offered" }]);
  // Late, and by four nodes at once.
  world.clock.set(new Date(inAWeek.getTime() + hour));
  const runs = await Promise.all(Array.from({ length: 4 }, () => expireHandOvers(world.ctx)));
  expect(runs.reduce((sum, { ended }) => sum + ended, 0)).toBe(2);
  expect(await endings(giver)).toEqual([{ outcome: "expired", tickets: 2 }]);
  expect(await endings(receiver)).toEqual([{ outcome: "expired", tickets: 2 }]);
  expect(await listTickets(world.ctx, giver, {})).toMatchObject([
    { handOver: { state: "open" } },
    { handOver: { state: "open" } },
  ]);
});

test("whose time is up has expired, whether or not that is written", async () => {
  const { ticketIds, handOverIds } = await offered();
  world.clock.set(inAWeek);
  const expired = { code: "hand_over_ended", details: { state: "expired" } };
  const tries = async () => {
    for (const act of [acceptHandOvers, refuseHandOvers]) {
      await expect(act(world.ctx, receiver, { handOverIds })).rejects.toMatchObject(expired);
    }
    await expect(takeBackHandOvers(world.ctx, giver, { handOverIds })).rejects.toMatchObject(expired);
    expect((await listHandOvers(world.ctx, giver)).map(({ state }) => state)).toEqual(["expired", "expired"]);
  };
  await tries();
  await expireHandOvers(world.ctx);
  await tries();

  const again = await offerTo(world.ctx, giver, { email: "second@example.test", ticketIds });
  expect(again).toHaveLength(2);
});

test("one that nobody has ended yet does not stand in the way of the next", async () => {
  const { ticketIds } = await offered();
  world.clock.set(inAWeek);
  await offerTo(world.ctx, giver, { email: "next@example.test", ticketIds });
  expect(await endings(receiver)).toEqual([{ outcome: "expired", tickets: 2 }]);
  expect((await listHandOvers(world.ctx, giver)).map(({ state }) => state).toSorted()).toEqual([
    "expired",
    "expired",
    "offered",
    "offered",
  ]);
});

test("no offer outlives the moment from which handing over is closed, also when that comes nearer", async () => {
  world.clock.set(new Date("2028-07-16T12:00:00Z"));
  await offered();
  expect((await listHandOvers(world.ctx, giver))[0]?.expiresAt).toEqual(new Date("2028-07-20T11:30:00Z"));
  const session = database.ownerDb.updateTable("competition_session").where("code", "=", "ATH01");
  await session.set({ starts_at: new Date("2028-07-16T16:00:00Z") }).execute();
  await expireHandOvers(world.ctx);
  await session.set({ starts_at: new Date("2028-07-20T16:00:00Z") }).execute();
  expect((await listHandOvers(world.ctx, giver)).map(({ state }) => state)).toEqual(["expired", "expired"]);
  expect(await endings(receiver)).toEqual([{ outcome: "expired", tickets: 2 }]);
});

test("one that cannot be ended stands in no other's way", async () => {
  const stuck = await offered();
  world.clock.set(new Date(start.getTime() + 1));
  const next = await offered(await registerVisitor(world.ctx));
  world.clock.set(new Date(inAWeek.getTime() + 1));
  const { keyring } = world.ctx;
  let isFirst = true;
  const sealOnce: typeof keyring.seal = (...what) => {
    if (!isFirst) return keyring.seal(...what);
    isFirst = false;
    throw new Error("no key at hand");
  };
  const run = await expireHandOvers({ ...world.ctx, keyring: { ...keyring, seal: sealOnce } });
  expect([run.ended, run.failed.length]).toEqual([2, 1]);
  expect(new Set([...stuck.handOverIds, ...next.handOverIds])).toContain(run.failed[0]?.handOverIds[0]);
  expect(await expireHandOvers(world.ctx)).toEqual({ ended: 2, failed: [] });
});

test("the address is forgotten 30 days after the end, and not before", async () => {
  await offered();
  world.clock.set(new Date(inAWeek.getTime() + hour));
  await expireHandOvers(world.ctx);
  const to = async () => new Set((await listHandOvers(world.ctx, giver)).map((one) => one.other));
  world.clock.set(new Date(inAWeek.getTime() + hour + 30 * 24 * hour));
  await forgetOfferedAddresses(world.ctx);
  expect(await to()).toEqual(new Set([receiver.email]));
  world.clock.set(new Date(inAWeek.getTime() + hour + 30 * 24 * hour + 1));
  expect(await forgetOfferedAddresses(world.ctx)).toBeGreaterThanOrEqual(2);
  expect(await to()).toEqual(new Set([null]));
});
