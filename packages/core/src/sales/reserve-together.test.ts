import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CoreContext } from "../context.ts";
import { insertBuyers } from "../testing/buyers.queries.ts";
import { countedQueries } from "../testing/counted-queries.ts";
import { offerIn, registerVisitor, stockProgramme, testContext, type TestClock } from "../testing/index.ts";
import { endThoseWhoWait } from "../testing/locks.queries.ts";
import { readAvailability } from "./read-availability.ts";
import { listOrders } from "./read-orders.ts";
import { cancelOrder } from "./release-order.ts";
import { reserveSeats } from "./reserve-seats.ts";

type Line = { offerId: string; unitPriceCents: number; quantity: number };

let database: TestDatabase;
let nodes: [CoreContext, CoreContext];
/** Of the first node. */
let clock: TestClock;

beforeAll(async () => {
  database = await createTestDatabase();
  const first = testContext({ db: database.db });
  clock = first.clock;
  nodes = [first.ctx, testContext({ db: database.db }).ctx];
  await stockProgramme(nodes[0], [
    { code: "ATH01", category: "A", capacity: 40 },
    { code: "ATH02", category: "A", capacity: 25 },
    { code: "ATH03", category: "A", capacity: 60 },
    { code: "ATH04", category: "A", capacity: 3 },
    { code: "ATH05", category: "A", capacity: 3 },
    { code: "ATH06", category: "A", capacity: 50 },
    { code: "ATH07", category: "A", capacity: 20 },
  ]);
});
afterAll(() => database.drop());

const nodeOf = (index: number): CoreContext => nodes[index % 2 === 0 ? 0 : 1];
const lineFor = async (wanted: Parameters<typeof offerIn>[1], quantity = 1): Promise<Line> => {
  const { offerId, unitPriceCents } = await offerIn(nodes[0], wanted);
  return { offerId, unitPriceCents, quantity };
};
const wishFor = (lines: readonly Line[], other: { partial?: boolean; retry?: boolean } = {}) => ({
  idempotencyKey: randomUUID(),
  lines,
  ...other,
});
async function takenOf(code: string): Promise<number> {
  const pool = await database.ownerDb
    .selectFrom("seat_pool")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .select("seat_pool.taken")
    .where("competition_session.code", "=", code)
    .executeTakeFirstOrThrow();
  return pool.taken;
}

/** One seat in each competition session, in the order in which its entries are written. */
async function createPackage(codes: readonly string[]): Promise<Line> {
  const [id, unitPriceCents] = [randomUUID(), 5000];
  await database.ownerDb
    .insertInto("offer")
    .values({ id, kind: "solo", persons: 1, price_cents: unitPriceCents, state: "published", created_at: new Date() })
    .execute();
  for (const code of codes) {
    await sql`
      insert into offer_entry (offer_id, seat_pool_id)
      select ${id}, seat_pool.id from seat_pool join competition_session on competition_session_id = competition_session.id
      where code = ${code}`.execute(database.ownerDb);
  }
  await database.ownerDb
    .updateTable("games")
    .set((eb) => ({ catalogue_version: eb("catalogue_version", "+", 1) }))
    .execute();
  return { offerId: id, unitPriceCents, quantity: 1 };
}

describe("packages", () => {
  test("over the same competition sessions in opposite orders, on two nodes at once: no deadlock, and never half of one", async () => {
    const alone = await lineFor({ code: "ATH03" });
    const there = await createPackage(["ATH01", "ATH02", "ATH03"]);
    const back = await createPackage(["ATH03", "ATH02", "ATH01"]);
    const buyers = await insertBuyers(database.db, 90);
    const answers = await Promise.allSettled(
      buyers.map((buyer, index) =>
        reserveSeats(nodeOf(index), buyer, wishFor([[there, back, alone][index % 3] ?? alone])),
      ),
    );
    for (const refused of answers.filter(({ status }) => status === "rejected")) {
      expect(refused).toMatchObject({ reason: { code: "sold_out" } });
    }
    // Sixty wanted the package, and the smallest of its pools has 25 seats.
    expect([await takenOf("ATH01"), await takenOf("ATH02"), await takenOf("ATH03")]).toEqual([25, 25, 55]);
  });
});

describe("with consent", () => {
  test("a shopper gets what is left, is told why no more, and is told the same again", async () => {
    const [buyer, later] = [await registerVisitor(nodes[0]), await registerVisitor(nodes[0])];
    const lines = [
      await lineFor({ code: "ATH04", kind: "duo" }, 2),
      await lineFor({ code: "ATH04" }, 2),
      { ...(await lineFor({ code: "ATH06" })), unitPriceCents: 1 },
      await lineFor({ code: "ATH06", kind: "duo" }),
    ];
    const wish = wishFor(lines, { partial: true });
    const answer = await reserveSeats(nodes[0], buyer, wish);
    expect(answer.lines).toMatchObject([
      { granted: 1, refusal: { code: "sold_out", details: { left: 3 } } },
      { granted: 1, refusal: { code: "sold_out" } },
      { granted: 0, refusal: { code: "price_changed" } },
      { granted: 1, refusal: null },
    ]);
    const [order] = await listOrders(nodes[0], buyer);
    expect(order).toMatchObject({ id: answer.orderId, totalCents: answer.totalCents });
    expect(order?.lines.map(({ quantity }) => quantity)).toEqual([1, 1, 1]);
    expect(await takenOf("ATH04")).toBe(3);
    expect(await reserveSeats(nodes[1], buyer, { ...wish, retry: true })).toEqual(answer);
    await expect(reserveSeats(nodes[1], later, wishFor(lines.slice(0, 2), { partial: true }))).rejects.toMatchObject({
      code: "sold_out",
    });
  });
});

describe("a batch", () => {
  test("that one of its members brings down is given to all the others", async () => {
    const buyers = await insertBuyers(database.db, 12);
    const line = await lineFor({ code: "ATH06" });
    const nobody = { accountId: randomUUID() };
    const taken = await takenOf("ATH06");
    // The first two are batches of their own, and the rest is one.
    const members = buyers.toSpliced(6, 0, nobody);
    const answers = await Promise.allSettled(members.map((one) => reserveSeats(nodes[0], one, wishFor([line]))));
    const [poisoned] = answers.splice(6, 1);
    expect(poisoned).toMatchObject({ status: "rejected", reason: { message: "an account is not there" } });
    expect(answers.map(({ status }) => status)).toEqual(buyers.map(() => "fulfilled"));
    expect(await takenOf("ATH06")).toBe(taken + buyers.length);
  });

  test("whose connection is lost answers nobody wrongly and leaves nobody waiting; the same keys then succeed once", async () => {
    const buyers = await insertBuyers(database.db, 12);
    const line = await lineFor({ code: "ATH07" });
    const wishes = buyers.map(() => wishFor([line]));
    const reserveAll = (other: { retry: boolean }) =>
      Promise.allSettled(
        wishes.map((wish, index) => reserveSeats(nodes[0], buyers[index] ?? { accountId: "" }, { ...wish, ...other })),
      );
    const lost = await database.ownerDb.transaction().execute(async (trx) => {
      await sql`select from seat_pool for update`.execute(trx);
      const answers = reserveAll({ retry: false });
      const settled: unknown[] = [];
      void answers.then((all) => settled.push(all));
      const endThem = async () => {
        await endThoseWhoWait(database.db);
        return settled.length;
      };
      // Those who wait for the pools, and then those who come after them.
      await expect.poll(endThem, { interval: 5, timeout: 15_000 }).toBe(1);
      return answers;
    });
    expect(lost).toEqual(
      buyers.map(() => ({ status: "rejected", reason: expect.objectContaining({ code: "unavailable" }) as unknown })),
    );
    const again = await reserveAll({ retry: true });
    expect(again.map(({ status }) => status)).toEqual(buyers.map(() => "fulfilled"));
    expect(await takenOf("ATH07")).toBe(buyers.length);
  });
});

describe("what is known to be sold out", () => {
  test("is refused without a statement, for a second, and never to who may have been granted it before", async () => {
    const counted = countedQueries(nodes[0]);
    const { ctx, clock: time } = testContext({ db: counted.ctx.db });
    const [winner, loser] = [await registerVisitor(nodes[0]), await registerVisitor(nodes[0])];
    const line = await lineFor({ code: "ATH05" }, 3);
    const wish = wishFor([line]);
    const granted = await reserveSeats(ctx, winner, wish);

    const statements = async (asked: Promise<unknown>): Promise<number> => {
      const before = counted.kinds.length;
      await expect(asked).rejects.toMatchObject({ code: "sold_out", details: { offerId: line.offerId, left: 0 } });
      return counted.kinds.length - before;
    };
    expect(await statements(reserveSeats(ctx, loser, wishFor([line])))).toBe(0);
    expect(await statements(reserveSeats(ctx, loser, wishFor([line], { partial: true })))).toBe(0);
    expect(await statements(reserveSeats(ctx, loser, wishFor([line], { retry: true })))).toBeGreaterThan(0);
    expect(await reserveSeats(ctx, winner, { ...wish, retry: true })).toEqual(granted);

    await cancelOrder(nodes[1], winner, granted);
    time.advance(1000);
    await expect(reserveSeats(ctx, loser, wishFor([line]))).resolves.toMatchObject({ lines: [{ granted: 3 }] });
  });

  test("an account that sends wish after wish is stopped for a while, also by refusals from memory", async () => {
    const { ctx, clock: time } = testContext({ db: database.db });
    const buyer = await registerVisitor(nodes[0]);
    const send = async () => reserveSeats(ctx, buyer, wishFor([await lineFor({ code: "ATH05" }, 6)]));
    for (let count = 0; count < 20; count += 1) await expect(send()).rejects.toMatchObject({ code: "sold_out" });
    await expect(send()).rejects.toMatchObject({ code: "too_many_requests", details: { retryAfterSeconds: 10 } });
    time.advance(10_000);
    await expect(send()).rejects.toMatchObject({ code: "sold_out" });
  });
});

test("says exactly how many units of each offer can be had", async () => {
  const duo = await lineFor({ code: "ATH06", kind: "duo" });
  const bundle = await createPackage(["ATH06", "ATH04"]);
  await database.ownerDb.updateTable("seat_pool").set({ taken: 2 }).where("capacity", "=", 3).execute();
  clock.advance(1000);
  const unknown = randomUUID();
  const left = Math.floor((50 - (await takenOf("ATH06"))) / 2);
  expect(await readAvailability(nodes[0], { offerIds: [duo.offerId, unknown, bundle.offerId] })).toEqual([
    { offerId: duo.offerId, left, onSale: true, priceCents: duo.unitPriceCents },
    { offerId: unknown, left: 0, onSale: false, priceCents: null },
    { offerId: bundle.offerId, left: 1, onSale: true, priceCents: bundle.unitPriceCents },
  ]);
});
