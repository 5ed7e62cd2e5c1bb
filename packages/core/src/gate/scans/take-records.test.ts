import type { TabletRecord } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { toBase64url } from "@tessera/pass";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import { proveSales } from "../../sales/prove-sales.ts";
import {
  buy,
  entriesIn,
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
import { blockTicket, unblockTicket } from "../../tickets/block-ticket.ts";
import { listTickets } from "../../tickets/list-tickets.ts";
import { takeRecords } from "./take-records.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let code: string;
let sessions = 0;

/** The gates are open. */
const start = new Date("2028-07-20T15:30:00Z");
const now = () => world.ctx.clock();

beforeAll(async () => {
  database = await createTestDatabase();
  // Tickets change hands while the gates are open, so that old lists meet them.
  world = testContext({ db: database.db, now: start, policy: { handOverClosesMinutes: -600 } });
  await ensureOrganiserKeys(world.ctx);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.advance(2000);
  // A competition session for each test, so that none sees the incidents of another.
  sessions += 1;
  code = `ATH${String(sessions).padStart(2, "0")}`;
  const startsAt = new Date(now().getTime() + 1_800_000);
  const endsAt = new Date(startsAt.getTime() + 12_600_000);
  await stockProgramme(world.ctx, [{ code, capacity: 50, startsAt, endsAt }]);
  buyer = await registerVisitor(world.ctx);
});

const tabletAt = (gate = 0, role: "staff" | "supervisor" = "staff") => openJournal(world.ctx, { code, gate, role });

/** A ticket on its holder's device. */
async function activated() {
  const { tickets } = await buy(world.ctx, buyer, { code });
  const ticketId = tickets[0]?.id ?? "";
  const device = await makeDevice();
  const [pass] = await device.activate(world.ctx, buyer, [ticketId]);
  return {
    ticketId,
    device,
    show: (at = now()) => device.show(pass?.pass ?? "", at),
    passages: () => passagesOf(database.db, ticketId),
    state: async () => (await listTickets(world.ctx, buyer, {})).find(({ id }) => id === ticketId)?.state,
  };
}

/** The incidents of this test's competition session: kind and state, with the number of scans. */
async function incidents(of: { competitionSessionId: string }) {
  const found = await incidentsIn(database.db, of.competitionSessionId);
  return found.map(({ kind, state, scans }) => `${kind} ${state} ${scans}`).toSorted();
}

describe("an upload", () => {
  test("makes an entry of what was let in without a network, and its ticket is used", async () => {
    const [{ ticketId, show, passages, state }, tablet] = [await activated(), await tabletAt(1)];
    const record = tablet.scanned(await show());
    world.clock.advance(3_600_000);
    expect(await tablet.upload(record)).toEqual({ taken: [1], refused: [] });
    expect(await passages()).toEqual(["in B"]);
    expect(await state()).toBe("admitted");
    const { at } = await database.db
      .selectFrom("passage")
      .select("at")
      .where("ticket_id", "=", ticketId)
      .executeTakeFirstOrThrow();
    expect(at.toISOString()).toBe(record.at);
    expect(await incidents(tablet)).toEqual([]);
  });

  test("may be repeated, in part and twice over, and changes nothing", async () => {
    const [one, other, tablet] = [await activated(), await activated(), await tabletAt()];
    const records = [tablet.scanned(await one.show()), tablet.scanned(await other.show())];
    const [first, second] = records;
    if (first === undefined || second === undefined) throw new Error("no records");
    await tablet.upload(second);
    expect(await tablet.upload(first, second, second)).toEqual({ taken: expect.arrayContaining([1, 2]), refused: [] });
    expect(await tablet.upload(...records)).toEqual({ taken: [1, 2], refused: [] });
    expect(await one.passages()).toEqual(["in A"]);
    expect(await entriesIn(database.db, tablet.competitionSessionId)).toBe(2);
  });

  test("names what it refuses and why, and takes the rest", async () => {
    const [{ show, passages }, tablet, other] = [await activated(), await tabletAt(), await tabletAt(1)];
    const sound = await tablet.record(tablet.scanned(await show()));
    const foreign = await other.record(other.scanned("x"));
    const records = [
      { body: sound.body.slice(0, 40), signature: sound.signature },
      sound,
      { body: sound.body.replace('"admit"', '"check"'), signature: sound.signature },
      foreign,
      await tablet.record(tablet.scanned("x", { shiftId: other.shift.id })),
      await tablet.record(tablet.scanned("x", { competitionSessionId: other.shift.id })),
      await tablet.record(tablet.scanned("x", { gateId: other.shift.id })),
      { body: "null", signature: toBase64url(new Uint8Array(64)) },
    ];
    expect(await takeRecords(world.ctx, tablet.scanner, { records })).toEqual({
      taken: [1],
      refused: [
        { index: 0, why: "torn" },
        { index: 2, why: "bad_signature" },
        { index: 3, why: "bad_signature" },
        { index: 4, why: "unknown_shift" },
        { index: 5, why: "not_assigned" },
        { index: 6, why: "not_assigned" },
        { index: 7, why: "torn" },
      ],
    });
    expect(await passages()).toEqual(["in A"]);
  });

  test("is not held up by one record that the database cannot keep", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const bad = tablet.scanned("x", { at: "0000-01-01T00:00:00Z" });
    const good = tablet.scanned(await show());
    expect(await tablet.upload(bad, good)).toEqual({ taken: [2], refused: [{ index: 0, why: "torn" }] });
    expect(await passages()).toEqual(["in A"]);
  });

  test("that says something else under a number is refused, and shown; the first stands", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const record = tablet.scanned(await show());
    await tablet.upload(record);
    const lie = { ...record, shown: "refuse" as const };
    for (const _time of [1, 2]) {
      expect(await tablet.upload(lie)).toEqual({ taken: [], refused: [{ index: 0, why: "contradicts" }] });
    }
    expect(await passages()).toEqual(["in A"]);
    expect(await incidents(tablet)).toEqual(["journal_contradiction open 1"]);
  });

  test("is taken though its shift is over and its person was disabled", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const record = tablet.scanned(await show());
    world.clock.advance(13 * 3_600_000);
    await database.db.updateTable("shift").set({ ended_at: now() }).where("id", "=", tablet.shift.id).execute();
    await database.db
      .updateTable("account")
      .set({ disabled_at: now() })
      .where("id", "=", tablet.person.accountId)
      .execute();
    expect(await tablet.upload(record)).toEqual({ taken: [1], refused: [] });
    expect(await passages()).toEqual(["in A"]);
  });
});

describe("what was asked before", () => {
  test("is one scan with its record: one entry, and what the screen said counts", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const record = tablet.scanned(await show(), { confirmed: true, cutOff: false });
    expect(await tablet.ask(record)).toMatchObject({ outcome: "admit" });
    expect(await passages()).toEqual(["in A"]);
    await tablet.upload(record);
    expect(await passages()).toEqual(["in A"]);
    expect(await entriesIn(database.db, tablet.competitionSessionId)).toBe(1);
    expect(await tablet.ask(record)).toMatchObject({ outcome: "admit", reason: "admitted" });
  });

  test("and never said by the screen let nobody in: the entry is taken back, and the code is good again", async () => {
    const [{ show, passages, state }, tablet, other] = [await activated(), await tabletAt(), await tabletAt(1)];
    const record = tablet.scanned(await show(), { shown: null });
    expect(await tablet.ask(record)).toMatchObject({ outcome: "admit" });
    await tablet.upload(record);
    expect(await passages()).toEqual([]);
    expect(await state()).toBe("admitted");
    expect(await other.ask(other.scanned(await show()))).toMatchObject({ outcome: "admit" });
    expect(await passages()).toEqual(["in B"]);
    expect(await incidents(tablet)).toEqual([]);
  });

  test("of another code than its record is a contradiction", async () => {
    const [one, other, tablet] = [await activated(), await activated(), await tabletAt()];
    const record = tablet.scanned(await one.show());
    await tablet.ask(record);
    const lie = { ...record, code: await other.show() };
    expect(await tablet.upload(lie)).toMatchObject({ taken: [], refused: [{ why: "contradicts" }] });
    expect(await other.passages()).toEqual([]);
    expect(await incidents(tablet)).toEqual(["journal_contradiction open 1"]);
  });
});

describe("a code counts by what was right when it was scanned", () => {
  test("not of somebody else's making, though the tablet says that it let it in", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const real = await show();
    const forged = real.slice(0, -1) + (real.endsWith("0") ? "1" : "0");
    await tablet.upload(
      tablet.scanned(forged),
      tablet.scanned("https://example.test/"),
      tablet.scanned(null, { ticketId: tablet.shift.id }),
    );
    expect(await passages()).toEqual([]);
    expect(await entriesIn(database.db, tablet.competitionSessionId)).toBe(3);
    expect(await incidents(tablet)).toEqual(Array.from({ length: 3 }, () => "unknown_admitted open 1"));
  });

  test("not of an hour before; and a tablet that lies of its clock is found by the clock", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const old = await show();
    world.clock.advance(3_600_000);
    await tablet.upload(tablet.scanned(old));
    expect(await passages()).toEqual([]);
    expect(await incidents(tablet)).toEqual(["clock_wrong open 1", "unknown_admitted open 1"]);
  });

  test("of the holder before: counts as by hand, is shown, and the new holder's is looked at", async () => {
    const [{ ticketId, show, passages }, tablet, other] = [await activated(), await tabletAt(), await tabletAt(1)];
    world.clock.advance(1000);
    const receiver = await registerVisitor(world.ctx);
    await handOver(world.ctx, { giver: buyer, receiver, ticketIds: [ticketId] });
    world.clock.advance(60_000);
    await tablet.upload(tablet.scanned(await show()));
    expect(await passages()).toEqual(["in A by hand"]);
    expect(await incidents(tablet)).toEqual(["superseded_admitted open 1"]);
    const theirs = await database.db
      .selectFrom("ticket")
      .select("state")
      .where("id", "=", ticketId)
      .executeTakeFirstOrThrow();
    expect(theirs.state).toBe("admitted");
    const looked = other.scanned(null, { ticketId, means: "search" });
    expect(await other.ask(looked)).toMatchObject({ outcome: "check", reason: "already_admitted" });
  });

  test("and one from before the hand-over is good, though it arrives after it", async () => {
    const [{ ticketId, show, passages }, tablet] = [await activated(), await tabletAt()];
    const record = tablet.scanned(await show());
    world.clock.advance(60_000);
    const receiver = await registerVisitor(world.ctx);
    await handOver(world.ctx, { giver: buyer, receiver, ticketIds: [ticketId] });
    await tablet.upload(record);
    expect(await passages()).toEqual(["in A"]);
    expect(await incidents(tablet)).toEqual([]);
  });

  test("while it was blocked it is shown; before and after it is not", async () => {
    const [one, other, tablet] = [await activated(), await activated(), await tabletAt()];
    const admin = await registerVisitor(world.ctx, "admin");
    const before = tablet.scanned(await one.show());
    world.clock.advance(1000);
    for (const { ticketId } of [one, other]) await blockTicket(world.ctx, admin, { ticketId, note: "Stolen" });
    world.clock.advance(1000);
    const during = tablet.scanned(await other.show());
    world.clock.advance(1000);
    await unblockTicket(world.ctx, admin, { ticketId: other.ticketId });
    await tablet.upload(before, during);
    expect(await incidents(tablet)).toEqual(["revoked_admitted open 1"]);
    expect((await incidentsIn(database.db, tablet.competitionSessionId))[0]?.ticketId).toBe(other.ticketId);
  });
});

describe("two tablets that could not talk", () => {
  test("let in one ticket: two people inside, and one incident with both", async () => {
    const [{ show, passages }, one, other] = [await activated(), await tabletAt(), await tabletAt(1)];
    const first = one.scanned(await show());
    world.clock.advance(40_000);
    const second = other.scanned(await show());
    await other.upload(second);
    expect(await incidents(one)).toEqual([]);
    await one.upload(first);
    expect(await passages()).toEqual(["in A", "in B"]);
    expect(await entriesIn(database.db, one.competitionSessionId)).toBe(2);
    expect(await incidents(one)).toEqual(["admitted_twice open 2"]);
    await Promise.all([one.upload(first), other.upload(second)]);
    expect(await incidents(one)).toEqual(["admitted_twice open 2"]);
  });

  test("were shown the very same code", async () => {
    const [{ show }, one, other] = [await activated(), await tabletAt(), await tabletAt(1)];
    const relayed = await show();
    await one.upload(one.scanned(relayed));
    await other.upload(other.scanned(relayed, { outcome: "refuse", reason: "already_admitted", shown: "refuse" }));
    expect(await incidents(one)).toEqual(["relayed_code open 2"]);
  });

  test("an incident explains itself by what comes later, and opens again", async () => {
    const [{ show, passages }, one, other] = [await activated(), await tabletAt(), await tabletAt(1)];
    const first = one.scanned(await show());
    world.clock.advance(40_000);
    const second = other.scanned(await show());
    await one.upload(first);
    await other.upload(second);
    // The person at the second gate was sent away after all; and then let in.
    await other.upload(other.decided(second, { admit: false }));
    expect(await incidents(one)).toEqual(["admitted_twice explained 2"]);
    expect(await passages()).toEqual(["in A"]);
    await other.upload(other.decided(second));
    expect(await incidents(one)).toEqual(["admitted_twice open 2"]);
  });
});

describe("a person decides", () => {
  const check = { outcome: "check", reason: "unlisted_pass", shown: "check" } as const;
  const no = { outcome: "refuse", reason: "stale_code", shown: "refuse" } as const;

  test("on a check, before or after the scan is known; a proved code counts as one", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const scan = tablet.scanned(await show(), check);
    await tablet.upload(tablet.decided(scan));
    expect(await passages()).toEqual([]);
    await tablet.upload(scan);
    expect(await passages()).toEqual(["in A"]);
    await tablet.upload(tablet.decided(scan, { admit: false }));
    expect(await passages()).toEqual([]);
  });

  test("about somebody who was found by name: by hand, and written down", async () => {
    const [{ ticketId, show, passages }, tablet, other] = [await activated(), await tabletAt(), await tabletAt(1)];
    const scan = tablet.scanned(null, { ...check, reason: "looked_up", ticketId });
    const correction = tablet.corrected(61_000);
    await tablet.upload(scan, tablet.decided(scan), correction);
    expect(await passages()).toEqual(["in A by hand"]);
    const written = await database.ownerDb
      .selectFrom("audit_entry")
      .select(["action", "subject_id", "details"])
      .where("actor_id", "=", tablet.person.accountId)
      .orderBy("action")
      .execute();
    const { scannerId } = tablet.scanner;
    expect(written).toEqual([
      { action: "gate.clock_corrected", subject_id: scannerId, details: { correctionMs: 61_000 } },
      { action: "gate.decided_by_hand", subject_id: ticketId, details: { scannerId, scan: 1, admit: true } },
    ]);
    // A tablet that lies spends nobody's ticket: its holder is looked at.
    expect(await other.ask(other.scanned(await show()))).toMatchObject({
      outcome: "check",
      reason: "already_admitted",
      first: { gate: { code: "A" } },
    });
  });

  test("against a refusal only a supervisor, and only so often: whoever else lets in a person spends no ticket", async () => {
    const [one, other, tablet] = [await activated(), await activated(), await tabletAt()];
    const supervisor = await tablet.beginShift("supervisor");
    await database.ownerDb.updateTable("shift").set({ overrides: 1 }).where("id", "=", supervisor.id).execute();
    const scans = [tablet.scanned(await one.show(), no), tablet.scanned(await other.show(), no)];
    const [first, second] = scans;
    if (first === undefined || second === undefined) throw new Error("no scans");
    const override = { override: true, note: "I know them" };
    await tablet.upload(...scans, tablet.decided(first, override));
    expect(await one.passages()).toEqual([]);
    expect(await incidents(tablet)).toEqual(["unknown_admitted open 1"]);

    const [early, late] = [
      tablet.decided(first, { ...override, shiftId: supervisor.id }),
      tablet.decided(second, { ...override, shiftId: supervisor.id }),
    ];
    // Which of them was one too many follows from their numbers, and not from which came first.
    await tablet.upload(late);
    expect(await other.passages()).toEqual(["in A by hand"]);
    await tablet.upload(early);
    expect(await one.passages()).toEqual(["in A by hand"]);
    expect(await other.passages()).toEqual([]);
    expect(await incidents(tablet)).toEqual(["unknown_admitted explained 1", "unknown_admitted open 1"]);
    expect(await entriesIn(database.db, tablet.competitionSessionId)).toBe(2);
  });

  test("to let in without saying so against a refusal: a tablet that lies", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const scan = tablet.scanned(await show(), no);
    await tablet.upload(scan, tablet.decided(scan));
    expect(await passages()).toEqual([]);
    expect(await incidents(tablet)).toEqual(["unknown_admitted open 1"]);
  });
});

describe("a tablet's clock", () => {
  const stale = { outcome: "refuse", reason: "stale_code", shown: "refuse" } as const;

  test("is wrong when proofs of three tickets agree, and not by one old picture", async () => {
    const tablet = await tabletAt();
    const holders = [await activated(), await activated(), await activated()];
    const late = new Date(now().getTime() + 600_000).toISOString();
    const records: TabletRecord[] = [];
    for (const { show } of holders) records.push(tablet.scanned(await show(), { ...stale, at: late }));
    world.clock.advance(700_000);
    await tablet.upload(...records.slice(0, 2));
    expect(await incidents(tablet)).toEqual([]);
    await tablet.upload(...records.slice(2));
    expect(await incidents(tablet)).toEqual(["clock_wrong open 3"]);
  });

  test("is wrong when it scans what is to come, and the entry counts all the same", async () => {
    const [{ show, passages }, tablet] = [await activated(), await tabletAt()];
    const at = new Date(now().getTime() + 300_000).toISOString();
    await tablet.upload(tablet.scanned(await show(), { at }));
    expect(await passages()).toEqual(["in A"]);
    expect(await incidents(tablet)).toEqual(["clock_wrong open 1"]);
  });
});

test("the books agree after all of it", async () => {
  const { rules } = await proveSales(world.ctx);
  expect(rules.filter(({ total }) => total > 0)).toEqual([]);
});
