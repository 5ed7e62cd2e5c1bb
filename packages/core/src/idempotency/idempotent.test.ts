import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CodedError } from "../errors.ts";
import { outcomesOf, registerVisitor, type TestContext, testContext } from "../testing/index.ts";
import { idempotent, type Wish } from "./idempotent.ts";

const second = 1000;
let database: TestDatabase;
let world: TestContext;
let wish: Wish;
let granted: number;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = testContext({ db: database.db });
  const { accountId } = await registerVisitor(world.ctx);
  wish = { accountId, idempotencyKey: randomUUID(), operation: "test", body: { seats: 2 } };
  granted = 0;
});

const grant = async (): Promise<string> => `answer ${(granted += 1)}`;
const ask = (changed: Partial<Wish> = {}, how: () => Promise<string> = grant) =>
  idempotent(world.ctx, { ...wish, ...changed }, how, String);
const fail = (error: Error) => () => Promise.reject(error);

test("the same key gives the same answer, and is granted once", async () => {
  expect(await ask()).toBe("answer 1");
  world.clock.advance(24 * 3600 * second);
  expect(await ask()).toBe("answer 1");
  expect(granted).toBe(1);
});

test("another body or another operation with the same key is refused; the key of somebody else is another", async () => {
  await ask();
  const reused = { code: "idempotency_key_reused" };
  await expect(ask({ body: { seats: 3 } })).rejects.toMatchObject(reused);
  await expect(ask({ operation: "other" })).rejects.toMatchObject(reused);
  const { accountId } = await registerVisitor(world.ctx);
  expect(await ask({ accountId })).toBe("answer 2");
});

test("of many at once one is granted, and the others are told that it is under way", async () => {
  const { promise: answer, resolve } = Promise.withResolvers<string>();
  const first = ask({}, () => answer);
  await expect.poll(() => isClaimed()).toBe(true);
  expect(await outcomesOf(Array.from({ length: 10 }, () => ask()))).toEqual({ request_under_way: 10 });
  resolve("answer");
  expect(await first).toBe("answer");
  expect(await ask()).toBe("answer");
  expect(granted).toBe(0);
});

test("a refusal ends its key, and another wish may have it", async () => {
  await expect(ask({}, fail(new CodedError("sold_out")))).rejects.toMatchObject({ code: "sold_out" });
  expect(await ask({ body: { seats: 1 } })).toBe("answer 1");
});

test.each([new CodedError("unavailable"), new Error("connection lost")])(
  "what failed by %s is taken up at once by the same wish, and by no other",
  async (error) => {
    await expect(ask({}, fail(error))).rejects.toThrow(error.message);
    await expect(ask({ body: { seats: 3 } })).rejects.toMatchObject({ code: "idempotency_key_reused" });
    expect(await outcomesOf(Array.from({ length: 10 }, () => ask()))).toMatchObject({
      ok: expect.any(Number) as number,
    });
    expect(granted).toBe(1);
  },
);

test("what crashed is taken up a while later, by one of many", async () => {
  void ask({}, () => new Promise(() => undefined));
  await expect.poll(() => isClaimed()).toBe(true);
  world.clock.advance(40 * second);
  await expect(ask()).rejects.toMatchObject({ code: "request_under_way" });
  world.clock.advance(1);
  await outcomesOf(Array.from({ length: 10 }, () => ask()));
  expect(granted).toBe(1);
  expect(await ask()).toBe("answer 1");
});

test("who was taken for crashed and was only slow does not overwrite the answer of who took it up", async () => {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const slow = ask({}, () => late);
  await expect.poll(() => isClaimed()).toBe(true);
  world.clock.advance(41 * second);
  expect(await ask()).toBe("answer 1");
  resolve("too late");
  await slow;
  expect(await ask()).toBe("answer 1");
});

async function isClaimed(): Promise<boolean> {
  const key = database.db.selectFrom("idempotency_key").select("key").where("key", "=", wish.idempotencyKey);
  return (await key.executeTakeFirst()) !== undefined;
}
