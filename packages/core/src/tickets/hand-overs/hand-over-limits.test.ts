import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../ports.ts";
import { refundTickets } from "../../sales/refund-tickets.ts";
import {
  buy,
  demandProof,
  handOver,
  offerTo,
  outcomesOf,
  registerVisitor,
  reserveOne,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { acceptHandOvers } from "./accept-hand-overs.ts";

// Six a competition session, four a ceremony.

type Person = Actor & { email: string };

let database: TestDatabase;
let world: TestContext;
let giver: Person;
let receiver: Person;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await stockProgramme(world.ctx, [
    { code: "ATH01", capacity: 500 },
    { code: "CER01", disciplineCode: "CER", discipline: "Opening Ceremony", capacity: 100 },
  ]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  [giver, receiver] = [await registerVisitor(world.ctx), await registerVisitor(world.ctx)];
});
afterEach(() => demandProof(world.ctx));

const bought = async (buyer: Actor, quantity: number, code = "ATH01") =>
  (await buy(world.ctx, buyer, { quantity, code })).tickets.map(({ id }) => id);
const give = (ticketIds: readonly string[], from = giver, to = receiver) =>
  handOver(world.ctx, { giver: from, receiver: to, ticketIds });
const reached = (has: number) => ({
  code: "limit_reached",
  details: { scope: "competition_session", limit: 6, has },
});

test("what was received counts like what was bought, when reserving and when accepting", async () => {
  await bought(receiver, 3);
  await give(await bought(giver, 3));
  await expect(reserveOne(world.ctx, receiver)).rejects.toMatchObject(reached(6));
  const other = await registerVisitor(world.ctx);
  await expect(give(await bought(other, 1), other)).rejects.toMatchObject(reached(6));
});

test("all of an acceptance is within the limit, or none of it is accepted", async () => {
  await bought(receiver, 5);
  const [first = "", second = ""] = await offerTo(world.ctx, giver, {
    email: receiver.email,
    ticketIds: await bought(giver, 2),
  });
  const accept = (handOverIds: string[]) => acceptHandOvers(world.ctx, receiver, { handOverIds });
  await expect(accept([first, second])).rejects.toMatchObject(reached(5));
  await accept([first]);
  await expect(accept([first, second])).rejects.toMatchObject(reached(6));
});

test("handing over gives the giver none back", async () => {
  await give(await bought(giver, 6));
  await expect(reserveOne(world.ctx, giver)).rejects.toMatchObject(reached(6));
});

test("what comes back to its buyer counts once, and so does what is received again", async () => {
  const [first = "", ...others] = await bought(giver, 6);
  await give([first, ...others]);
  // At the limit both of them, and yet it goes to and fro.
  await give([first], receiver, giver);
  await give([first]);
  await give([first], receiver, giver);
  await expect(reserveOne(world.ctx, giver)).rejects.toMatchObject(reached(6));
  await expect(reserveOne(world.ctx, receiver)).rejects.toMatchObject(reached(6));
});

test("a ceremony and the Games have limits of their own", async () => {
  await bought(receiver, 4, "CER01");
  const one = await bought(giver, 1, "CER01");
  await expect(give(one)).rejects.toMatchObject({
    code: "limit_reached",
    details: { scope: "ceremony", limit: 4, has: 4 },
  });
  const limit = (seats: number) => database.ownerDb.updateTable("games").set({ limit_games: seats }).execute();
  await limit(4);
  const tried = await give(await bought(giver, 1)).catch((error: unknown) => error);
  await limit(30);
  expect(tried).toMatchObject({ code: "limit_reached", details: { scope: "games", limit: 4, has: 4 } });
});

test("what is paid back counts for nobody, whoever has received it", async () => {
  const { order, tickets } = await buy(world.ctx, giver, { quantity: 6 });
  const ticketIds = tickets.map(({ id }) => id);
  await give(ticketIds);
  const next = await registerVisitor(world.ctx);
  await give(ticketIds, receiver, next);
  const admin = await registerVisitor(world.ctx, "admin");
  const refund = { orderId: order.id, ticketIds, note: "cancelled", idempotencyKey: randomUUID() };
  await refundTickets(world.ctx, admin, refund);
  for (const who of [giver, receiver, next]) {
    expect(await reserveOne(world.ctx, who, { quantity: 6 })).toMatchObject({ state: "held" });
  }
});

test("reserving and accepting what two others offer at once stays within the limit", async () => {
  for (let round = 0; round < 5; round += 1) {
    const who = await registerVisitor(world.ctx);
    await bought(who, 5);
    const offers = await Promise.all(
      [1, 2].map(async () => {
        const from = await registerVisitor(world.ctx);
        return offerTo(world.ctx, from, { email: who.email, ticketIds: await bought(from, 1) });
      }),
    );
    const tries = [
      ...offers.map((handOverIds) => acceptHandOvers(world.ctx, who, { handOverIds })),
      reserveOne(world.ctx, who),
    ];
    expect(await outcomesOf(tries)).toEqual({ ok: 1, limit_reached: 2 });
  }
});
