import type * as argon2 from "@node-rs/argon2";
import { expect, it, vi } from "vitest";
import { createPasswordHasher } from "./passwords.ts";

const running = vi.hoisted(() => ({ now: 0, most: 0 }));
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof argon2>();
  const counted: typeof argon2.hash = async (...given) => {
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    return real.hash(...given).finally(() => (running.now -= 1));
  };
  return { ...real, hash: counted };
});

it("makes argon2id hashes with OWASP's parameters and a salt of their own", async () => {
  const passwords = createPasswordHasher();
  const [one, other] = await Promise.all([passwords.hash("same password"), passwords.hash("same password")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await passwords.verify(one, "same password")).toBe(true);
  expect(await passwords.verify(one, "Same password")).toBe(false);
});

it("knows a password again that another keyboard writes with other code points", async () => {
  const passwords = createPasswordHasher();
  const hash = await passwords.hash("un \u00e9t\u00e9 \u00e0 la mer");
  expect(await passwords.verify(hash, "un e\u0301te\u0301 a\u0300 la mer")).toBe(true);
});

it("says no without a hash, whatever the password", async () => {
  const passwords = createPasswordHasher();
  expect(await passwords.verify(undefined, "")).toBe(false);
  expect(await passwords.verify(undefined, "anything at all")).toBe(false);
});

it("turns away whoever finds a full queue, and serves everybody else", async () => {
  const passwords = createPasswordHasher({ inFlight: 1, maxWaiting: 2 });
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => passwords.hash("in the queue")));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
  expect(results[4]).toMatchObject({ reason: { code: "unavailable" } });
  await expect(passwords.hash("later")).resolves.toContain("$argon2id$");
});

it("says which hashes were made with less than is asked for today", async () => {
  const today = createPasswordHasher();
  const yesterday = createPasswordHasher({ cost: { memoryCost: 12_288, timeCost: 3, parallelism: 1 } });
  const tomorrow = createPasswordHasher({ cost: { memoryCost: 19_456, timeCost: 3, parallelism: 1 } });
  const [old, current, next] = await Promise.all([yesterday, today, tomorrow].map((hasher) => hasher.hash("a secret")));
  expect([old, current, next].map((hash) => today.needsRehash(hash ?? ""))).toEqual([true, false, false]);
  expect(today.needsRehash("$2b$12$somethingThatIsNotArgon2")).toBe(true);
  expect(await today.verify(old, "a secret")).toBe(true);
});

it("lets many go on together while others wait, and keeps nobody when none do", async () => {
  const passwords = createPasswordHasher({ inFlight: 1 });
  const groups: number[] = [];
  let group = 0;
  const one = async () => {
    await passwords.hash("one of a crowd");
    // The first of those who go on in one moment ends their group when the moment is over.
    if (group === 0) setImmediate(() => groups.push(group) && (group = 0));
    group += 1;
  };
  await Promise.all(Array.from({ length: 48 }, one));
  await new Promise(setImmediate);
  expect(groups).toEqual([16, 16, 8, 4, 2, 1, 1]);
});

it("hashes one at a time while something more urgent waits, and as many as before when it is over", async () => {
  let isUrgent = true;
  const passwords = createPasswordHasher({ inFlight: 2, mustYield: () => isUrgent });
  // Once the hash that stands for nobody's is there.
  await passwords.verify(undefined, "anything");
  const mostOf = async (count: number, done?: (index: number) => void) => {
    running.most = 0;
    await Promise.all(Array.from({ length: count }, (_, index) => passwords.hash("slowly").then(() => done?.(index))));
    return running.most;
  };
  expect(await mostOf(4)).toBe(1);
  // It ends while they wait.
  expect(await mostOf(6, () => (isUrgent = false))).toBe(2);
  expect(await mostOf(4)).toBe(2);
});
