import { randomUUID } from "node:crypto";
import type { ListPartInput } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { listedTicketAt, parseListPart, type ReadListPart } from "@tessera/pass";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createOrganiserKey, rotateOrganiserKey } from "../../keys/change-organiser-keys.ts";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import {
  buy,
  gatesOf,
  nextOf,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { makeListPart } from "./make-list-part.ts";

let database: TestDatabase;
let world: TestContext;
let staff: Actor;
let competitionSessionId: string;
let gateIds: string[];
let ticketIds: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
  const gates = await gatesOf(world.ctx, "ATH01");
  ({ competitionSessionId } = gates);
  gateIds = gates.gates.map(({ id }) => id);
  staff = await registerVisitor(world.ctx, "staff");
  for (const _ of [1, 2]) {
    world.clock.advance(1000);
    await buy(world.ctx, await registerVisitor(world.ctx), { quantity: 6 });
  }
  const rows = await database.ownerDb.selectFrom("ticket").select("id").orderBy("id").execute();
  ticketIds = rows.map(({ id }) => id);
});
afterAll(() => database.drop());

const fresh = (): ListPartInput => ({ competitionSessionId, cursor: null, after: null, above: 0 });

async function fetchPart(input: ListPartInput, limit = 1000): Promise<ReadListPart> {
  const read = parseListPart((await makeListPart(world.ctx, input, limit)).signed.body);
  if (!read.ok) throw new Error(read.reason);
  return read.part;
}

/** Every part from one on, until there is no more. */
async function fetchAll(input: ListPartInput, limit = 1000): Promise<ReadListPart[]> {
  const part = await fetchPart(input, limit);
  return part.more ? [part, ...(await fetchAll(nextOf(part), limit))] : [part];
}

/** Where the deltas of a fresh list begin, or what follows a delta. */
const since = ([first, ...rest]: readonly ReadListPart[]): ListPartInput => {
  const from = first?.page === null ? (rest.at(-1) ?? first) : first;
  return { ...fresh(), cursor: from?.cursor ?? "" };
};

const ticketsOf = (parts: readonly ReadListPart[]) =>
  new Map(
    parts.flatMap((part) =>
      part.tickets.id.map((id, row) => [id, listedTicketAt(part, row, part.tickets.holderName[row] ?? null)]),
    ),
  );
const namesIn = (parts: readonly ReadListPart[]) => parts.flatMap(({ tickets }) => tickets.holderName);

const rename = (ticketId: string, holderName: string, db = world.ctx.db) =>
  db.updateTable("ticket").set({ holder_name: holderName }).where("id", "=", ticketId).execute();

/** A passage with the scan that it came from. */
async function pass(ticketId: string, { direction = "in", gate = 0, byHand = false, at = new Date() } = {}) {
  const scanId = randomUUID();
  const gateId = gateIds[gate] ?? "";
  const where = { competition_session_id: competitionSessionId, ticket_id: ticketId, gate_id: gateId };
  const { ordinal } = await database.ownerDb
    .selectFrom("passage")
    .select(({ fn }) => fn.countAll<number>().as("ordinal"))
    .where("ticket_id", "=", ticketId)
    .executeTakeFirstOrThrow();
  await database.ownerDb
    .insertInto("scan")
    .values({ ...where, id: scanId, account_id: staff.accountId, scanned_at: at, received_at: at, direction })
    .execute();
  await world.ctx.db
    .insertInto("passage")
    .values({ ...where, scan_id: scanId, direction, ordinal: ordinal + 1, at, by_hand: byHand })
    .execute();
}

/** A fresh list after which nothing is told: a transaction in any database of the cluster holds back where deltas begin. */
async function fetchSettled(): Promise<ReadListPart[]> {
  let list: ReadListPart[] = [];
  const told = async (): Promise<string[]> => {
    list = [await fetchPart(fresh())];
    return namesIn(await fetchAll(since(list)));
  };
  await expect.poll(told, { timeout: 15_000 }).toEqual([]);
  return list;
}

/** A change that is made and not committed until it is told to, or the test is over. */
async function changeUncommitted(ticketId: string, holderName: string) {
  const [made, committing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const ended = world.ctx.db.transaction().execute(async (trx) => {
    await rename(ticketId, holderName, trx);
    made.resolve();
    await committing.promise;
  });
  await made.promise;
  const commit = async (): Promise<void> => {
    committing.resolve();
    await ended;
  };
  onTestFinished(commit);
  return commit;
}

describe("a change that is committed late", () => {
  test("is never skipped, although one that began after it was told before", async () => {
    const [early = "", later = ""] = ticketIds;
    const list = await fetchSettled();
    const commit = await changeUncommitted(early, "Late Commit");
    await rename(later, "Early Commit");
    const during = await fetchPart(since(list));
    expect(namesIn([during])).toContain("Early Commit");
    expect(namesIn([during])).not.toContain("Late Commit");
    await commit();
    expect(namesIn([await fetchPart(since([during]))])).toContain("Late Commit");
  });

  test("nor between two parts of one delta", async () => {
    const [early = "", ...others] = ticketIds;
    const list = await fetchSettled();
    const commit = await changeUncommitted(early, "Between Parts");
    for (const id of others.slice(0, 4)) await rename(id, "Ahead");
    const first = await fetchPart(since(list), 2);
    expect(first).toMatchObject({ more: true, tickets: { holderName: ["Ahead", "Ahead"] } });
    await commit();
    const rest = await fetchAll(nextOf(first), 2);
    const [all, next] = [[first, ...rest], await fetchAll(since([first, ...rest]), 2)];
    expect(namesIn([...all, ...next])).toContain("Between Parts");
  });

  test("nor between two pages of a fresh list", async () => {
    const [early = "", last = ""] = [ticketIds[0], ticketIds.at(-1)];
    const commit = await changeUncommitted(early, "Between Pages");
    const first = await fetchPart(fresh(), 4);
    expect(namesIn([first])).not.toContain("Between Pages");
    await commit();
    await rename(last, "Between Pages too");
    const rest = await fetchAll(nextOf(first), 4);
    expect(rest.map(({ page }) => page?.index)).toEqual([1, 2]);
    const delta = await fetchPart(since([first, ...rest]));
    expect(namesIn([delta])).toEqual(expect.arrayContaining(["Between Pages", "Between Pages too"]));
  });
});

test("any changes, told in deltas of any size, make of a fresh list in pages what a fresh list is then", async () => {
  const change = fc.record({
    ticket: fc.nat(ticketIds.length - 1),
    what: fc.constantFrom("rename", "in", "out"),
    byHand: fc.boolean(),
    gate: fc.nat(1),
    /** Whether what was told until then is asked for after it. */
    ask: fc.boolean(),
  });
  const run = fc.tuple(fc.array(change, { maxLength: 8 }), fc.integer({ min: 1, max: 8 }));
  let names = 0;
  await fc.assert(
    fc.asyncProperty(run, async ([changes, limit]) => {
      const pages = await fetchAll(fresh(), limit);
      const known = ticketsOf(pages);
      let next = since(pages);
      const ask = async () => {
        const delta = await fetchAll(next, limit);
        for (const [id, ticket] of ticketsOf(delta)) known.set(id, ticket);
        next = since(delta);
      };
      for (const { ticket, what, ask: isAsked, ...where } of changes) {
        const ticketId = ticketIds[ticket] ?? "";
        world.clock.advance(1000);
        if (what === "rename") await rename(ticketId, `Name ${(names += 1)}`);
        else await pass(ticketId, { direction: what, at: world.ctx.clock(), ...where });
        if (isAsked) await ask();
      }
      await ask();
      expect(known).toEqual(ticketsOf(await fetchAll(fresh())));
    }),
    { numRuns: 25 },
  );
});

describe("a fresh list is given instead", () => {
  let cursor: string;
  beforeEach(async () => {
    ({ cursor } = await fetchPart(fresh()));
  });
  const given = async (asked: string) => {
    const { since: told, page, number } = await fetchPart({ ...fresh(), cursor: asked });
    expect(page === null ? null : page.first).toBe(page === null ? null : number);
    return told;
  };

  test("for what is no cursor, and for one that this database cannot have given: it was restored from a copy", async () => {
    const xid = BigInt(cursor.split(".")[1] ?? "");
    expect(await given(cursor)).toBe(cursor);
    expect(await given(`1.${xid - 5n}`)).toBe(`1.${xid - 5n}`);
    const ahead = xid + 1_000_000n;
    const id = ticketIds[0];
    for (const none of ["", "1", "x.1", `1.${xid}.1`, `1.${xid}x`, `1.${ahead}`, `1.${xid}.${ahead}.${id}`, `1.-1`]) {
      expect([none, await given(none)]).toEqual([none, null]);
    }
  });

  test("when the token key is another, since then every ticket's next code is", async () => {
    const command = { ...world.ctx, db: database.ownerDb };
    await createOrganiserKey(command, "token");
    await rotateOrganiserKey(command, { kind: "token", verifiesUntil: null, waive: true });
    world.clock.advance(60_000);
    expect(await given(cursor)).toBeNull();
    ({ cursor } = await fetchPart(fresh()));
    expect(cursor).toMatch(/^2\./);
    expect(await given(cursor)).toBe(cursor);
  });
});

test("what a restored database brought along from its former life has not changed", async () => {
  const [id = ""] = ticketIds;
  const { cursor } = since(await fetchSettled());
  // As the trigger would never write it.
  await sql`alter table ticket disable trigger ticket_changed`.execute(database.ownerDb);
  await sql`update ticket set changed_xid = '99999999999' where id = ${id}`.execute(database.ownerDb);
  await sql`alter table ticket enable trigger ticket_changed`.execute(database.ownerDb);
  expect((await fetchPart({ ...fresh(), cursor })).tickets.id).toHaveLength(0);
  expect((await fetchPart(fresh())).tickets.id).toHaveLength(ticketIds.length);
  await rename(id, "In this life");
  expect(namesIn([await fetchPart({ ...fresh(), cursor })])).toEqual(["In this life"]);
});
