import { randomBytes, randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { fromBase64url, toBase64url, tokenDigest, verifyList } from "@tessera/pass";
import { deriveEpochToken } from "@tessera/pass/issuer";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureOrganiserKeys, loadOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import {
  buy,
  fetchList,
  gatesOf,
  goToGate,
  makeDevice,
  registerVisitor,
  scanOnline,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { blockTicket } from "../../tickets/block-ticket.ts";
import { keptTokenDigest, nextTokenDigest } from "./next-token-digest.ts";
import { readListPart } from "./read-list-part.ts";

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
  const gates = await gatesOf(world.ctx, "ATH01");
  ({ competitionSessionId } = gates);
  gateId = gates.gates[0]?.id ?? "";
});
afterAll(() => database.drop());
// No test is given the reading of the one before.
beforeEach(() => world.clock.set(new Date((today += 60_000))));

const read = () => fetchList(world.ctx, { competitionSessionId });
const fresh = () => ({ competitionSessionId, cursor: null, after: null, above: 0 });
const readSigned = () => readListPart(world.ctx, { competitionSessionIds: [competitionSessionId] }, fresh());

/** Somebody buys a ticket, activates it and goes in. */
async function admitOne(): Promise<string> {
  const { ticketId, code } = await goToGate(world.ctx, { buyer: visitor });
  expect(await scanOnline(world.ctx, { competitionSessionId, gateId, code })).toMatchObject({ outcome: "admit" });
  return ticketId;
}

test("a tablet is given lists of the competition sessions that it is for, and of no others", async () => {
  const elsewhere = { competitionSessionIds: [randomUUID()] };
  await expect(readListPart(world.ctx, elsewhere, fresh())).rejects.toMatchObject({
    code: "competition_session_not_assigned",
  });
  const unknown = randomUUID();
  const lost = readListPart(
    world.ctx,
    { competitionSessionIds: [unknown] },
    { ...fresh(), competitionSessionId: unknown },
  );
  await expect(lost).rejects.toMatchObject({ code: "not_found" });
});

test("nobody is given a shared part that is older than what they have", async () => {
  const { number } = await read();
  const tablet = { competitionSessionIds: [competitionSessionId] };
  const ask = (above: number) => readListPart(world.ctx, tablet, { ...fresh(), above });
  const shared = await ask(number);
  const [one, other] = await Promise.all([ask(number + 1), ask(number + 1)]);
  expect(one).toEqual(other);
  expect(one.body).not.toBe(shared.body);
  expect(await ask(0)).toEqual(one);
});

test("tablets that ask within two seconds are given one reading, and each the time of its answer", async () => {
  await admitOne();
  const [first, second] = await Promise.all([readSigned(), readSigned()]);
  const madeAt = world.ctx.clock().toISOString();
  expect(second).toEqual(first);
  world.clock.advance(1999);
  const third = await readSigned();
  expect(third).toEqual({ ...first, answeredAt: world.ctx.clock() });
  expect(await read()).toMatchObject({ madeAt });
});

test("whoever waits for a fresh list is told how many tickets it has; what has changed has no total", async () => {
  await buy(world.ctx, visitor);
  const { total } = await readSigned();
  const { tickets, cursor } = await read();
  expect(tickets.length).toBeGreaterThan(0);
  expect(total).toBe(tickets.length);
  const delta = await readListPart(
    world.ctx,
    { competitionSessionIds: [competitionSessionId] },
    { ...fresh(), cursor },
  );
  expect(delta.total).toBeNull();
});

test("two seconds after an admission no list lacks it", async () => {
  const before = await read();
  const ticketId = await admitOne();
  world.clock.advance(2000);
  const after = await read();
  expect(before.find(ticketId)).toBeUndefined();
  expect(after.find(ticketId)).toMatchObject({
    entry: { epoch: 1 },
    passages: [{ gate: gateId, direction: "in", byHand: false }],
  });
  expect(after.madeAt).toBe(world.ctx.clock().toISOString());
});

test("a reading that failed is given to nobody else", async () => {
  const gone = await createTestDatabase();
  await gone.drop();
  const lost = { ...world.ctx, db: gone.db };
  await expect(readListPart(lost, { competitionSessionIds: [competitionSessionId] }, fresh())).rejects.toThrow(
    "does not exist",
  );
  expect(await read()).toMatchObject({ gamesId: "test-2028" });
});

test("each ticket's digest is the one that its next code will show, also after its epoch has changed", async () => {
  const { token } = await loadOrganiserKeys(world.ctx);
  const { tickets: bought } = await buy(world.ctx, visitor);
  const epochs = new Set<number>();
  const compare = async () => {
    for (const { entry } of (await read()).tickets) {
      const { ticketId: id, epoch } = entry;
      if (id === bought[0]?.id) epochs.add(epoch);
      expect(entry.nextTokenDigest).toEqual(await tokenDigest(id, deriveEpochToken(token.key, id, epoch + 1)));
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

test("numbers rise over competition sessions and servers, also where the clock goes back or the database is restored", async () => {
  const { keyring } = world.ctx;
  const numbers: number[] = [];
  for (const node of [{ ...keyring }, { ...keyring }, { ...keyring }]) {
    numbers.push((await fetchList({ ...world.ctx, keyring: node }, { competitionSessionId })).number);
  }
  const setLast = (last: number) => database.ownerDb.updateTable("list_number").set({ last }).execute();
  const next = async () => {
    world.clock.advance(2000);
    return (await read()).number;
  };
  // What a restore brings back; then a number of a server whose clock was ahead.
  await setLast(0);
  numbers.push(await next());
  const ahead = Date.now() + 3_600_000;
  await setLast(ahead);
  numbers.push(await next(), await next());
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  expect(numbers.slice(-2)).toEqual([ahead + 1, ahead + 2]);
});

test("ten servers that number at once take ten numbers", async () => {
  const nodes = Array.from({ length: 10 }, () => ({ ...world.ctx, keyring: { ...world.ctx.keyring } }));
  const lists = await Promise.all(nodes.map((node) => fetchList(node, { competitionSessionId })));
  expect(new Set(lists.map(({ number }) => number)).size).toBe(10);
});

test("is numbered before it is read: what happens in between is in it", async () => {
  const later = await stockedTicket();
  let numbering: object | undefined;
  const slow = world.ctx.db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      if (node.kind === "UpdateQueryNode") numbering = queryId;
      return node;
    },
    transformResult: async ({ queryId, result }) => {
      if (queryId === numbering) await later.block();
      return result;
    },
  });
  const list = await fetchList({ ...world.ctx, db: slow, keyring: { ...world.ctx.keyring } }, { competitionSessionId });
  expect(list.find(later.ticketId)?.entry.state).toBe("blocked");
});

async function stockedTicket() {
  const buyer = await registerVisitor(world.ctx);
  const admin = await registerVisitor(world.ctx, "admin");
  const { ticketId } = await goToGate(world.ctx, { buyer });
  return { ticketId, block: () => blockTicket(world.ctx, admin, { ticketId, note: "Sold by a stranger" }) };
}

test("is signed by the list key for these Games, to the letter", async () => {
  const signed = await readSigned();
  const keys = (await loadOrganiserKeys(world.ctx)).listPublicKeys(world.ctx.clock());
  const trusted = keys.map(({ id, publicKey }) => ({ id, publicKey: toBase64url(publicKey) }));
  expect(await verifyList(signed, trusted, "test-2028")).toBe("good");
  expect(await verifyList(signed, trusted, "test-2032")).toBe("bad_signature");
  expect(await verifyList({ ...signed, body: `${signed.body} ` }, trusted, "test-2028")).toBe("bad_signature");
  expect(fromBase64url(signed.signature)).toHaveLength(64);
});
