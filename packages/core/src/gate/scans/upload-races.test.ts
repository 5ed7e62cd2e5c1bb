import type { ScanRecord, TabletRecord } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import { proveSales } from "../../sales/prove-sales.ts";
import {
  buy,
  entriesIn,
  gatesOf,
  handOver,
  incidentsIn,
  makeDevice,
  openJournal,
  passagesOf,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { blockTicket } from "../../tickets/block-ticket.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  const policy = { handOverClosesMinutes: -600, gatesAlwaysOpen: true };
  world = testContext({ db: database.db, now: new Date("2028-07-20T15:30:00Z"), policy });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [
    { code: "ATH01", capacity: 200 },
    { code: "ATH02", capacity: 200 },
  ]);
});
afterAll(() => database.drop());

async function activated(code = "ATH01") {
  buyer = await registerVisitor(world.ctx);
  const { tickets } = await buy(world.ctx, buyer, { code });
  const ticketId = tickets[0]?.id ?? "";
  const device = await makeDevice();
  const [pass] = await device.activate(world.ctx, buyer, [ticketId]);
  return { ticketId, show: () => device.show(pass?.pass ?? "", world.ctx.clock()) };
}

type Journal = Awaited<ReturnType<typeof openJournal>>;
type Upload = { tablet: Journal; record: TabletRecord };

const admits = (verdicts: readonly { outcome: string }[]) => verdicts.filter(({ outcome }) => outcome === "admit");

test("two tablets ask for one ticket at once: exactly one is told yes", async () => {
  const [one, other] = [await openJournal(world.ctx), await openJournal(world.ctx, { gate: 1 })];
  for (let round = 0; round < 20; round += 1) {
    const { ticketId, show } = await activated();
    const code = await show();
    const verdicts = await Promise.all([one, other].map((tablet) => tablet.ask(tablet.scanned(code))));
    expect(admits(verdicts)).toHaveLength(1);
    expect(await passagesOf(database.db, ticketId)).toHaveLength(1);
  }
});

test("a scan is asked about and uploaded at once: one entry", async () => {
  const tablet = await openJournal(world.ctx);
  for (let round = 0; round < 10; round += 1) {
    const { ticketId, show } = await activated();
    const record = tablet.scanned(await show());
    const acts = [() => tablet.ask(record), () => tablet.upload(record), () => tablet.upload(record)];
    await Promise.all((round % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
    expect(await passagesOf(database.db, ticketId)).toEqual(["in A"]);
  }
});

test("one batch is uploaded many times at once, and those of two tablets cross: each scan once", async () => {
  const [one, other] = [await openJournal(world.ctx), await openJournal(world.ctx, { gate: 1 })];
  const tickets = [];
  for (let count = 0; count < 8; count += 1) tickets.push(await activated());
  const codes = await Promise.all(tickets.map(({ show }) => show()));
  const before = await entriesIn(database.db, one.competitionSessionId);
  const mine = codes.map((code) => one.scanned(code));
  const theirs = codes.toReversed().map((code) => other.scanned(code));
  const uploads = Array.from({ length: 4 }, () => [one.upload(...mine), other.upload(...theirs)]).flat();
  for (const { taken, refused } of await Promise.all(uploads)) {
    expect([taken.length, refused.length]).toEqual([8, 0]);
  }
  expect(await entriesIn(database.db, one.competitionSessionId)).toBe(before + 16);
  for (const { ticketId } of tickets) expect(await passagesOf(database.db, ticketId)).toEqual(["in A", "in B"]);
  const ofThese = new Set(tickets.map(({ ticketId }) => ticketId));
  const found = (await incidentsIn(database.db, one.competitionSessionId)).filter(({ ticketId }) =>
    ofThese.has(ticketId ?? ""),
  );
  expect(found.map(({ kind, scans }) => `${kind} ${scans}`)).toEqual([...ofThese].map(() => "admitted_twice 2"));
});

test("uploaded while the ticket is blocked or handed on: the entry counts, whoever comes first", async () => {
  const tablet = await openJournal(world.ctx);
  const admin = await registerVisitor(world.ctx, "admin");
  for (let round = 0; round < 6; round += 1) {
    const { ticketId, show } = await activated();
    const record = tablet.scanned(await show());
    world.clock.advance(1000);
    const change =
      round % 3 === 0
        ? async () => blockTicket(world.ctx, admin, { ticketId, note: "Stolen" })
        : async () =>
            handOver(world.ctx, { giver: buyer, receiver: await registerVisitor(world.ctx), ticketIds: [ticketId] });
    const [uploaded] = await Promise.allSettled([tablet.upload(record), change()]);
    expect(uploaded).toMatchObject({ status: "fulfilled", value: { refused: [] } });
    expect(await passagesOf(database.db, ticketId)).toEqual(["in A"]);
  }
});

test("the same records in any order, in any batches, repeated, give the same passages, counts and incidents", async () => {
  const { competitionSessionId } = await gatesOf(world.ctx, "ATH02");
  /** A day at two cut-off tablets, with fresh tickets; what became of it, by the places of its tickets. */
  async function live(order: (records: readonly Upload[]) => readonly (readonly Upload[])[]) {
    const [one, other] = [
      await openJournal(world.ctx, { code: "ATH02", role: "supervisor" }),
      await openJournal(world.ctx, { code: "ATH02", gate: 1 }),
    ];
    const tickets = [];
    for (let count = 0; count < 4; count += 1) tickets.push(await activated("ATH02"));
    const [a = "", b = "", c = "", d = ""] = await Promise.all(tickets.map(({ show }) => show()));
    const check: Partial<ScanRecord> = { outcome: "check", reason: "unlisted_pass", shown: "check" };
    const no: Partial<ScanRecord> = { outcome: "refuse", reason: "already_admitted", shown: "refuse" };
    const looked = other.scanned(null, { ...check, reason: "looked_up", ticketId: tickets[3]?.ticketId ?? null });
    const [scanB, refusedC] = [one.scanned(b, check), one.scanned(c, no)];
    const records: Upload[] = [
      ...[one.scanned(a), scanB, one.decided(scanB), refusedC].map((record) => ({ tablet: one, record })),
      { tablet: one, record: one.decided(refusedC, { override: true, note: "Their child is inside" }) },
      ...[other.scanned(a), other.scanned(c), looked, other.decided(looked)].map((record) => ({
        tablet: other,
        record,
      })),
      { tablet: one, record: one.scanned(d, { direction: "out" }) },
      { tablet: other, record: other.scanned("x") },
    ];
    for (const batch of order(records)) {
      for (const [sender, sent] of Map.groupBy(batch, ({ tablet }) => tablet)) {
        await sender.upload(...sent.map(({ record }) => record));
      }
    }
    const placeOf = new Map(tickets.map(({ ticketId }, place) => [ticketId, place]));
    const scans = await database.db
      .selectFrom("scan")
      .select(["id", "through"])
      .where(
        "scanner_id",
        "in",
        [one, other].map(({ scanner }) => scanner.scannerId),
      )
      .execute();
    const ids = new Set(scans.map(({ id }) => id));
    const incidents = (await incidentsIn(database.db, competitionSessionId))
      .filter(({ ticketId, about }) => placeOf.has(ticketId ?? "") || ids.has(about))
      .filter(({ state }) => state !== "explained")
      .map(({ kind, scans: count, ticketId }) => `${kind} ${placeOf.get(ticketId ?? "")} ${count}`);
    return {
      passages: await Promise.all(tickets.map(({ ticketId }) => passagesOf(database.db, ticketId))),
      through: scans.filter(({ through }) => through).length,
      incidents: incidents.toSorted(),
    };
  }

  const asItWas = await live((records) => [records]);
  expect(asItWas).toEqual({
    passages: [["in A", "in B"], ["in A"], ["in A by hand", "in B"], ["out A", "in B by hand"]],
    through: 8,
    incidents: ["admitted_twice 0 2", "admitted_twice 2 2", "unknown_admitted undefined 1"],
  });
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...Array(11).keys()], { minLength: 11 }),
      fc.array(fc.nat(10), { maxLength: 6 }),
      fc.integer({ min: 1, max: 11 }),
      async (order, again, size) => {
        const outcome = await live((records) => {
          const sent = [...order, ...again].flatMap((place) => records[place] ?? []);
          return Array.from({ length: Math.ceil(sent.length / size) }, (_, batch) =>
            sent.slice(batch * size, (batch + 1) * size),
          );
        });
        expect(outcome).toEqual(asItWas);
      },
    ),
    { numRuns: 8 },
  );
});

test("the books agree after all of it", async () => {
  const { rules } = await proveSales(world.ctx);
  expect(rules.filter(({ total }) => total > 0)).toEqual([]);
});
