import { randomBytes, randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { toBase64url, tokenDigest } from "@tessera/pass";
import { deriveEpochToken } from "@tessera/pass/issuer";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureOrganiserKeys, loadOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { buy, makeDevice, registerVisitor, stockProgramme, testContext, type TestContext } from "../testing/index.ts";
import { listGateCompetitionSessions } from "./list-gate-competition-sessions.ts";
import { keptTokenDigest, nextTokenDigest } from "./next-token-digest.ts";
import { readList } from "./read-list.ts";
import { scanCode } from "./scan-code.ts";

let database: TestDatabase;
let world: TestContext;
let visitor: Actor;
let competitionSessionId: string;
let gateId: string;

const start = new Date("2028-07-20T15:30:00Z");
let today = start.getTime();

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
  visitor = await registerVisitor(world.ctx);
  const [session] = await listGateCompetitionSessions(world.ctx);
  competitionSessionId = session?.competitionSession.id ?? "";
  gateId = session?.gates[0]?.id ?? "";
});
afterAll(() => database.drop());
// No test is given the reading of the one before.
beforeEach(() => world.clock.set(new Date((today += 60_000))));

const read = () => readList(world.ctx, { competitionSessionId });

/** Somebody buys a ticket, activates it and goes in. */
async function admitOne(): Promise<string> {
  const { tickets } = await buy(world.ctx, visitor);
  const device = await makeDevice();
  const [pass] = await device.activate(
    world.ctx,
    visitor,
    tickets.map(({ id }) => id),
  );
  if (pass === undefined) throw new Error("no pass");
  const now = world.ctx.clock();
  const code = await device.show(pass.pass, now);
  const input = { competitionSessionId, gateId, code, nonce: randomUUID(), scannedAt: now.toISOString() };
  expect(await scanCode(world.ctx, visitor, input)).toMatchObject({ outcome: "admit" });
  return pass.ticketId;
}

test("tablets that ask within two seconds are given one reading, and each the time of its answer", async () => {
  await admitOne();
  const [first, second] = await Promise.all([read(), read()]);
  const madeAt = world.ctx.clock();
  expect(second.tickets).toBe(first.tickets);
  world.clock.advance(1999);
  const third = await read();
  expect(third.tickets).toBe(first.tickets);
  expect(third).toMatchObject({ madeAt, answeredAt: world.ctx.clock() });
});

test("two seconds after an admission no list lacks it", async () => {
  const before = await read();
  const ticketId = await admitOne();
  world.clock.advance(2000);
  const after = await read();
  expect(before.tickets.map(({ id }) => id)).not.toContain(ticketId);
  expect(after.tickets.find(({ id }) => id === ticketId)).toMatchObject({
    epoch: 1,
    admitted: { gate: { id: gateId } },
  });
  expect(after.madeAt).toEqual(world.ctx.clock());
});

test("a reading that failed is given to nobody else", async () => {
  const gone = await createTestDatabase();
  await gone.drop();
  await expect(readList({ ...world.ctx, db: gone.db }, { competitionSessionId })).rejects.toThrow("does not exist");
  expect(await read()).toMatchObject({ gamesId: "test-2028" });
});

test("each ticket's digest is the one that its next code will show, also after its epoch has changed", async () => {
  const { token } = await loadOrganiserKeys(world.ctx);
  const { tickets: bought } = await buy(world.ctx, visitor);
  const epochs = new Set<number>();
  const compare = async () => {
    for (const { id, epoch, nextTokenDigest: listed } of (await read()).tickets) {
      if (id === bought[0]?.id) epochs.add(epoch);
      expect(listed).toBe(toBase64url(await tokenDigest(id, deriveEpochToken(token.key, id, epoch + 1))));
    }
  };
  await compare();
  const device = await makeDevice();
  await device.activate(
    world.ctx,
    visitor,
    bought.map(({ id }) => id),
  );
  world.clock.advance(2000);
  await compare();
  expect([...epochs]).toEqual([0, 1]);
});

test("the digest is that of the pass, for any ticket and epoch, and follows the token key", async () => {
  const keys = await loadOrganiserKeys(world.ctx);
  for (const epoch of [0, 1, 65_534]) {
    const [id, token] = [randomUUID(), { id: 2, key: randomBytes(32) }];
    const expected = await tokenDigest(id, deriveEpochToken(token.key, id, epoch + 1));
    expect(new Uint8Array(nextTokenDigest({ token }, { id, epoch }))).toEqual(expected);
    const kept = keptTokenDigest(world.ctx.keyring, keys, { id, epoch });
    expect(kept).not.toBe(toBase64url(expected));
    expect(keptTokenDigest(world.ctx.keyring, keys, { id, epoch })).toBe(kept);
    expect(keptTokenDigest(world.ctx.keyring, { ...keys, token }, { id, epoch })).toBe(toBase64url(expected));
  }
});
