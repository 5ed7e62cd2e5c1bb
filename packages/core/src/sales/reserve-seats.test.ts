import { randomUUID } from "node:crypto";
import { reserveInput } from "@tessera/contracts";
import type { TestDatabase } from "@tessera/db/testing";
import { createTestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CoreContext } from "../context.ts";
import { CodedError } from "../errors.ts";
import { idempotent } from "../idempotency/idempotent.ts";
import { insertBuyers } from "../testing/buyers.queries.ts";
import { offerIn, registerVisitor, stockProgramme, testContext, testRequester } from "../testing/index.ts";
import { listOrders } from "./read-orders.ts";
import { cancelOrder } from "./release-order.ts";
import { reserveSeats } from "./reserve-seats.ts";
import { startPayment } from "./start-payment.ts";

let database: TestDatabase;
/** Two nodes over one database: each gathers for itself, and only the database is between them. */
let nodes: [CoreContext, CoreContext];

beforeAll(async () => {
  database = await createTestDatabase();
  nodes = [testContext({ db: database.db }).ctx, testContext({ db: database.db }).ctx];
  await stockProgramme(nodes[0], [
    { code: "ATH01", category: "A", capacity: 10 },
    ...(["A", "B", "C", "D", "E"] as const).map((category) => ({ code: "ATH05", category, capacity: 400 })),
    { code: "ATH02", category: "A", capacity: 7 },
    { code: "ATH03", category: "A", capacity: 50 },
    { code: "ATH04", category: "A", capacity: 3 },
    { code: "ATH06", category: "A", capacity: 30 },
  ]);
});
afterAll(() => database.drop());

const basket = async (wanted: Parameters<typeof offerIn>[1], quantity = 1) => {
  const { offerId, unitPriceCents } = await offerIn(nodes[0], wanted);
  return { idempotencyKey: randomUUID(), lines: [{ offerId, unitPriceCents, quantity }] };
};

async function poolOf(code: string, category: string) {
  return database.ownerDb
    .selectFrom("seat_pool")
    .innerJoin("competition_session", "competition_session.id", "seat_pool.competition_session_id")
    .select(["seat_pool.taken", "seat_pool.capacity"])
    .where("competition_session.code", "=", code)
    .where("seat_pool.category", "=", category)
    .executeTakeFirstOrThrow();
}

const outcomesOf = (answers: readonly PromiseSettledResult<unknown>[]) => ({
  won: answers.filter(({ status }) => status === "fulfilled").length,
  codes: new Set(answers.flatMap((answer) => (answer.status === "rejected" ? [codeOf(answer.reason)] : []))),
});

const codeOf = (error: unknown): unknown => (error instanceof CodedError ? error.code : error);

describe("races", () => {
  test("200 buyers at once on two nodes, 10 seats: exactly 10 are sold", async () => {
    const buyers = await insertBuyers(database.db, 200);
    const wish = await basket({ code: "ATH01", category: "A" });
    const answers = await Promise.allSettled(
      buyers.map((buyer, index) =>
        reserveSeats(nodes[index % 2 === 0 ? 0 : 1], buyer, { ...wish, idempotencyKey: randomUUID() }),
      ),
    );
    expect(outcomesOf(answers)).toEqual({ won: 10, codes: new Set(["sold_out"]) });
    expect(await poolOf("ATH01", "A")).toEqual({ taken: 10, capacity: 10 });
  });

  test("40 nodes at once, 30 seats: 30 are sold, and the others hear that it is sold out, not that something broke", async () => {
    const buyers = await insertBuyers(database.db, 40);
    const wish = await basket({ code: "ATH06" });
    const answers = await Promise.allSettled(
      buyers.map((buyer) =>
        reserveSeats(testContext({ db: database.db }).ctx, buyer, { ...wish, idempotencyKey: randomUUID() }),
      ),
    );
    expect(outcomesOf(answers)).toEqual({ won: 30, codes: new Set(["sold_out"]) });
  });

  test("one account on 20 nodes at once stays within its limit, from whichever pools", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const categories = ["A", "B", "C", "D", "E"] as const;
    const wishes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => basket({ code: "ATH05", category: categories[index % 5] ?? "A" })),
    );
    const answers = await Promise.allSettled(
      wishes.map((wish) => reserveSeats(testContext({ db: database.db }).ctx, buyer, wish)),
    );
    expect(outcomesOf(answers)).toEqual({ won: 6, codes: new Set(["limit_reached"]) });
  });

  test("one wish sent 20 times to two nodes is one order, and whoever gets an answer gets the same", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const wish = await basket({ code: "ATH03" }, 2);
    const { taken } = await poolOf("ATH03", "A");
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => reserveSeats(nodes[index % 2 === 0 ? 0 : 1], buyer, wish)),
    );
    // The first of each node; those that came while it was under way ask again.
    expect(outcomesOf(answers)).toEqual({ won: 2, codes: new Set(["request_under_way"]) });
    const again = await reserveSeats(nodes[0], buyer, wish);
    const granted = answers.flatMap((answer) => (answer.status === "fulfilled" ? [JSON.stringify(answer.value)] : []));
    expect(new Set([...granted, JSON.stringify(again)]).size).toBe(1);
    expect(await listOrders(nodes[0], buyer)).toHaveLength(1);
    expect((await poolOf("ATH03", "A")).taken).toBe(taken + 2);
  });

  test("a duo and a solo for the last three seats: never half a duo", async () => {
    const buyers = await insertBuyers(database.db, 12);
    const answers = await Promise.allSettled(
      buyers.map(async (buyer, index) => {
        const kind = index % 3 === 0 ? "solo" : "duo";
        await reserveSeats(nodes[index % 2 === 0 ? 0 : 1], buyer, await basket({ code: "ATH04", kind }));
        return kind === "solo" ? 1 : 2;
      }),
    );
    const taken = answers.reduce((sum, answer) => sum + (answer.status === "fulfilled" ? answer.value : 0), 0);
    expect((await poolOf("ATH04", "A")).taken).toBe(taken);
    expect(taken).toBeLessThanOrEqual(3);
  });
});

describe("reserving", () => {
  test("several lines are all or nothing", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const [fits, tooMany] = [await basket({ code: "ATH03" }), await basket({ code: "ATH02", kind: "family" }, 2)];
    const before = await poolOf("ATH03", "A");
    await expect(
      reserveSeats(nodes[0], buyer, { ...fits, lines: [...fits.lines, ...tooMany.lines] }),
    ).rejects.toMatchObject({ code: "sold_out", details: { left: 7 } });
    expect(await poolOf("ATH03", "A")).toEqual(before);
    expect(await listOrders(nodes[0], buyer)).toEqual([]);
  });

  test("says what is held, for how much and until when", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const wish = await basket({ code: "ATH03", kind: "duo" }, 2);
    const answer = await reserveSeats(nodes[0], buyer, wish);
    expect(answer).toMatchObject({
      currency: "EUR",
      totalCents: 48000,
      holdExpiresAt: "2028-07-14T12:15:00.000Z",
      lines: [{ offerId: wish.lines[0]?.offerId, quantity: 2, granted: 2, refusal: null }],
    });
    expect(answer.reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(await listOrders(nodes[0], buyer)).toMatchObject([
      {
        id: answer.orderId,
        reference: answer.reference,
        state: "held",
        totalCents: 48000,
        holdExpiresAt: new Date(answer.holdExpiresAt),
        lines: [{ kind: "duo", quantity: 2, unitPriceCents: 24000 }],
      },
    ]);
  });

  test("asked again, gives the very answer that was stored, whatever has become of the order and whichever node is asked", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const lines = [...(await basket({ code: "ATH03" })).lines, ...(await basket({ code: "ATH05" }, 2)).lines];
    const wish = { idempotencyKey: randomUUID(), lines };
    const answer = await reserveSeats(nodes[0], buyer, wish);
    await cancelOrder(nodes[0], buyer, answer);
    const again = { ...wish, lines: lines.toReversed(), retry: true };
    for (const node of nodes) {
      expect(JSON.stringify(await reserveSeats(node, buyer, again))).toBe(JSON.stringify(answer));
    }
    await expect(reserveSeats(nodes[0], buyer, { ...wish, partial: true })).rejects.toMatchObject({
      code: "idempotency_key_reused",
    });
  });

  test("a key and offers in capitals are the same key and offers", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const { idempotencyKey, lines } = await basket({ code: "ATH03" });
    const capitals = reserveInput.parse({
      idempotencyKey: idempotencyKey.toUpperCase(),
      lines: lines.map((line) => ({ ...line, offerId: line.offerId.toUpperCase() })),
    });
    const answer = await reserveSeats(nodes[0], buyer, capitals);
    expect(answer.lines).toMatchObject([{ offerId: lines[0]?.offerId, granted: 1 }]);
    for (const wish of [capitals, reserveInput.parse({ idempotencyKey, lines })]) {
      for (const node of nodes) expect(await reserveSeats(node, buyer, wish)).toEqual(answer);
    }
  });

  test("knows no key of another operation", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const wish = await basket({ code: "ATH03" });
    const other = { accountId: buyer.accountId, idempotencyKey: wish.idempotencyKey, operation: "pay", body: {} };
    await idempotent(nodes[0], other, async () => "paid", String);
    await expect(reserveSeats(nodes[0], buyer, wish)).rejects.toMatchObject({ code: "idempotency_key_reused" });
  });

  test("the same key with another basket is refused; after a refusal it may be used again", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const first = await basket({ code: "ATH03" });
    await reserveSeats(nodes[0], buyer, first);
    const other = { ...(await basket({ code: "ATH03" }, 2)), idempotencyKey: first.idempotencyKey };
    await expect(reserveSeats(nodes[0], buyer, other)).rejects.toMatchObject({ code: "idempotency_key_reused" });

    const refused = await basket({ code: "ATH02", kind: "family" }, 9);
    await expect(reserveSeats(nodes[0], buyer, refused)).rejects.toMatchObject({ code: "sold_out" });
    const smaller = { ...(await basket({ code: "ATH02" })), idempotencyKey: refused.idempotencyKey };
    await expect(reserveSeats(nodes[0], buyer, smaller)).resolves.toMatchObject({ lines: [{ granted: 1 }] });
  });

  test("what was given back can be bought again, and counts no longer", async () => {
    const buyer = await registerVisitor(nodes[0]);
    const before = await poolOf("ATH03", "A");
    const order = await reserveSeats(nodes[0], buyer, await basket({ code: "ATH03" }, 6));
    await expect(reserveSeats(nodes[0], buyer, await basket({ code: "ATH03" }))).rejects.toMatchObject({
      code: "limit_reached",
    });
    expect(await cancelOrder(nodes[0], buyer, order)).toMatchObject({
      state: "cancelled",
      holdExpiresAt: null,
    });
    expect(await poolOf("ATH03", "A")).toEqual(before);
    await expect(reserveSeats(nodes[0], buyer, await basket({ code: "ATH03" }, 6))).resolves.toMatchObject({
      lines: [{ granted: 6 }],
    });
  });

  test("nobody sees, ends or pays somebody else's order", async () => {
    const [buyer, other] = [await registerVisitor(nodes[0]), await registerVisitor(nodes[0])];
    const order = await reserveSeats(nodes[0], buyer, await basket({ code: "ATH03" }));
    const theirs = { orderId: order.orderId, idempotencyKey: randomUUID() };
    await expect(cancelOrder(nodes[0], other, theirs)).rejects.toMatchObject({ code: "not_found" });
    await expect(startPayment(nodes[0], other, theirs, testRequester)).rejects.toMatchObject({ code: "not_found" });
    expect(await listOrders(nodes[0], other)).toEqual([]);
    expect(await listOrders(nodes[0], buyer)).toEqual([expect.objectContaining({ state: "held", payment: null })]);
  });
});

test("the database itself refuses a seat too many, whatever the code does", async () => {
  await expect(
    database.db.updateTable("seat_pool").set({ taken: 11 }).where("capacity", "=", 10).execute(),
  ).rejects.toMatchObject({ constraint: "seat_pool_never_oversold" });
});

test("the database itself refuses a second answer to one key, whatever the code does", async () => {
  const buyer = await registerVisitor(nodes[0]);
  const { idempotencyKey } = await basket({ code: "ATH03" });
  const key = {
    account_id: buyer.accountId,
    key: idempotencyKey,
    operation: "reserve",
    body_hash: Buffer.alloc(32),
    answer: "{}",
    created_at: new Date(),
  };
  const insert = () => database.db.insertInto("idempotency_key").values(key).execute();
  await insert();
  await expect(insert()).rejects.toMatchObject({ constraint: "idempotency_key_pkey" });
});
