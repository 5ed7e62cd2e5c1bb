import { randomBytes } from "node:crypto";
import { createPool } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CodedError } from "../../errors.ts";
import { solveProof, testRequester } from "../../testing/index.ts";
import { type AttemptLimits, createAttemptLimits } from "./attempt-limits.ts";
import { postgresLimitStore } from "./postgres-limit-store.queries.ts";
import { redisLimitStore } from "./redis-limit-store.ts";

let database: TestDatabase;
const pools: ReturnType<typeof createPool>[] = [];
const secret = randomBytes(32);

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

/** A server of its own over the one database. */
function startNode(): AttemptLimits {
  const pool = createPool(database.databaseUrl, { max: 4, applicationName: "tessera-test-limits" });
  pools.push(pool);
  return createAttemptLimits({ store: postgresLimitStore(pool), secret: () => secret });
}

const from = (address: string, proof: string | null = null) => ({ ...testRequester, address, proof });
const wrong = () => Promise.reject(new CodedError("wrong_credentials"));
const right = () => Promise.resolve("right");

it("lets no more tries begin at once than one by one, on two nodes together", async () => {
  const node = startNode();
  const otherNode = startNode();
  const subject = { account: "anne@example.test", requester: from("198.51.100.1") };
  let begun = 0;
  await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) =>
      (index % 2 === 0 ? node : otherNode).guess("password", subject, () => {
        begun += 1;
        return wrong();
      }),
    ),
  );
  expect(begun).toBeGreaterThan(0);
  expect(begun).toBeLessThanOrEqual(5);
});

it("knows after a restart what was counted before it", async () => {
  const subject = { account: "boris@example.test", requester: from("198.51.100.2") };
  const before = startNode();
  for (let count = 0; count < 5; count += 1) {
    await expect(before.guess("password", subject, wrong)).rejects.toThrow("wrong_credentials");
  }
  await expect(startNode().guess("password", subject, right)).rejects.toThrow("too_many_requests");
});

it("gives back what was right, whatever comes at the same time", async () => {
  const node = startNode();
  const subject = { account: "chloe@example.test", requester: from("198.51.100.3") };
  for (let round = 0; round < 10; round += 1) {
    const rounds = Array.from({ length: 4 }, () => node.guess("password", subject, right));
    expect(await Promise.all(rounds)).toEqual(["right", "right", "right", "right"]);
  }
});

it("gives back late, to a counter that is still the same, and never below zero", async () => {
  const pool = createPool(database.databaseUrl, { max: 1, applicationName: "tessera-test-limits" });
  pools.push(pool);
  const store = postgresLimitStore(pool);
  const rowOf = (key: string) =>
    database.ownerDb.selectFrom("rate_limit").select(["points", "expire"]).where("key", "=", key).executeTakeFirst();
  const one = (key: string) => [{ key, points: 1, seconds: 60 }];
  const expireNow = (key: string) =>
    database.ownerDb.updateTable("rate_limit").set({ expire: Date.now() }).where("key", "=", key).execute();

  for (const key of ["live", "live", "ended", "restarted"]) await store.add(one(key));
  await expireNow("ended");
  await expireNow("restarted");
  for (const key of ["live", "ended", "restarted", "never"]) void store.giveBack(one(key));
  expect(await rowOf("live")).toMatchObject({ points: 2 });
  expect(await store.add(one("restarted"))).toMatchObject([{ points: 1 }]);
  expect(await rowOf("live")).toMatchObject({ points: 1 });

  for (let count = 0; count < 3; count += 1) void store.giveBack(one("live"));
  await store.flush();
  expect(await rowOf("live")).toMatchObject({ points: 0 });
  for (const key of ["live", "ended", "never"]) {
    expect(await store.add(one(key))).toMatchObject([{ points: 1 }]);
    expect((await rowOf(key))?.expire).toBeGreaterThan(Date.now() + 50_000);
  }
});

it("lets the owner in, at most with a proof of work, however many addresses guess", async () => {
  const [node, otherNode] = [startNode(), startNode()];
  const account = "dora@example.test";
  const attack = Array.from({ length: 200 }, (_, index) =>
    node.guess("password", { account, requester: from(`203.0.113.${index}`) }, wrong),
  );
  await Promise.allSettled(attack);
  const refusal: unknown = await otherNode
    .guess("password", { account, requester: from("198.51.100.4") }, right)
    .catch((error: unknown) => error);
  const requester = from("198.51.100.4", await solveProof(refusal));
  await expect(node.guess("password", { account, requester }, right)).resolves.toBe("right");
});

it("keeps no address in the table", async () => {
  await database.ownerDb.deleteFrom("rate_limit").execute();
  await startNode().spend("reset_mail", { account: "emile@example.test", requester: from("198.51.100.5") });
  const rows = await database.ownerDb.selectFrom("rate_limit").select("key").execute();
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ key }) => !/^(proof:)?[\w-]{22,43}$/.test(key))).toEqual([]);
});

it.each([
  ["PostgreSQL", () => postgresLimitStore({ query: () => Promise.reject(new Error("connection refused")) })],
  ["Redis", () => redisLimitStore("redis://127.0.0.1:1", () => undefined).store],
])("neither lets anybody guess freely nor locks anybody out while %s is away", async (_, open) => {
  const limits = createAttemptLimits({ store: open() });
  const subject = { account: "anne@example.test", requester: from("198.51.100.6") };
  await expect(limits.guess("password", subject, right)).resolves.toBe("right");
  for (let count = 0; count < 5; count += 1) {
    await expect(limits.guess("password", subject, wrong)).rejects.toThrow("wrong_credentials");
  }
  await expect(limits.guess("password", subject, right)).rejects.toThrow("too_many_requests");
});
