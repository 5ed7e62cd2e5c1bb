import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { toBase64url } from "@tessera/pass";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anonymise } from "../../accounts/personal-data/account-deletion.queries.ts";
import { selectScanData } from "../../accounts/personal-data/purchase-data.queries.ts";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import { proveSales } from "../../sales/prove-sales.ts";
import {
  entriesIn,
  handOver,
  incidentsIn,
  openGateDay,
  registerVisitor,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { blockTicket, unblockTicket } from "../../tickets/block-ticket.ts";
import { takeRecords } from "./take-records.ts";

let database: TestDatabase;
let world: TestContext;
let day: Awaited<ReturnType<typeof openGateDay>>;
let days = 0;
const now = () => world.ctx.clock();

beforeAll(async () => {
  database = await createTestDatabase();
  // Tickets change hands while the gates are open, so that old lists meet them.
  world = testContext({ db: database.db, policy: { handOverClosesMinutes: -600 } });
  await ensureOrganiserKeys(world.ctx);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.advance(2000);
  days += 1;
  day = await openGateDay(world.ctx, `ATH${String(days).padStart(2, "0")}`);
});

describe("an upload", () => {
  test("makes an entry of what was let in without a network, and its ticket is used", async () => {
    const [{ ticketId, show, passages, state }, tablet] = [await day.activated(), await day.tabletAt(1)];
    const record = tablet.scanned(await show());
    world.clock.advance(3_600_000);
    expect(await tablet.upload(record)).toEqual({ taken: [1], refused: [] });
    expect(await passages()).toEqual(["in B"]);
    expect(await state()).toBe("admitted");
    const { at } = await world.ctx.db
      .selectFrom("passage")
      .select("at")
      .where("ticket_id", "=", ticketId)
      .executeTakeFirstOrThrow();
    expect(at.toISOString()).toBe(record.at);
    expect(await day.incidents(tablet)).toEqual([]);
  });

  test("may be repeated, in part and twice over, and changes nothing", async () => {
    const [one, other, tablet] = [await day.activated(), await day.activated(), await day.tabletAt()];
    const records = [tablet.scanned(await one.show()), tablet.scanned(await other.show())];
    const [first, second] = records;
    if (first === undefined || second === undefined) throw new Error("no records");
    await tablet.upload(second);
    const { taken, refused } = await tablet.upload(first, second, second);
    expect([new Set(taken), taken.length, refused]).toEqual([new Set([1, 2]), 2, []]);
    expect(await tablet.upload(...records)).toEqual({ taken: [1, 2], refused: [] });
    expect(await one.passages()).toEqual(["in A"]);
    expect(await entriesIn(world.ctx.db, tablet.competitionSessionId)).toBe(2);
  });

  test("names what it refuses and why, and takes the rest", async () => {
    const [{ show, passages }, tablet, other] = [await day.activated(), await day.tabletAt(), await day.tabletAt(1)];
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
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const bad = tablet.scanned("x", { at: "0000-01-01T00:00:00Z" });
    const good = tablet.scanned(await show());
    expect(await tablet.upload(bad, good)).toEqual({ taken: [2], refused: [{ index: 0, why: "torn" }] });
    expect(await passages()).toEqual(["in A"]);
  });

  test("that says something else under a number is refused, and shown; the first stands", async () => {
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const record = tablet.scanned(await show());
    await tablet.upload(record);
    const lie = { ...record, shown: "refuse" as const };
    const contradicts = { taken: [], refused: [{ index: 0, why: "contradicts" }] };
    expect([await tablet.upload(lie), await tablet.upload(lie)]).toEqual([contradicts, contradicts]);
    expect(await passages()).toEqual(["in A"]);
    expect(await day.incidents(tablet)).toEqual(["journal_contradiction open 1"]);
  });

  test("is taken though its shift is over and its person was disabled", async () => {
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const record = tablet.scanned(await show());
    world.clock.advance(13 * 3_600_000);
    await world.ctx.db.updateTable("shift").set({ ended_at: now() }).where("id", "=", tablet.shift.id).execute();
    await world.ctx.db
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
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const record = tablet.scanned(await show(), { confirmed: true, cutOff: false });
    expect(await tablet.ask(record)).toMatchObject({ outcome: "admit" });
    expect(await passages()).toEqual(["in A"]);
    await tablet.upload(record);
    expect(await passages()).toEqual(["in A"]);
    expect(await entriesIn(world.ctx.db, tablet.competitionSessionId)).toBe(1);
    expect(await tablet.ask(record)).toMatchObject({ outcome: "admit", reason: "admitted" });
  });

  test("and never said by the screen let nobody in: the entry is taken back, and the code is good again", async () => {
    const [{ show, passages, state }, tablet, other] = [
      await day.activated(),
      await day.tabletAt(),
      await day.tabletAt(1),
    ];
    const record = tablet.scanned(await show(), { shown: null });
    expect(await tablet.ask(record)).toMatchObject({ outcome: "admit" });
    await tablet.upload(record);
    expect(await passages()).toEqual([]);
    expect(await state()).toBe("admitted");
    expect(await other.ask(other.scanned(await show()))).toMatchObject({ outcome: "admit" });
    expect(await passages()).toEqual(["in B"]);
    expect(await day.incidents(tablet)).toEqual([]);
  });

  test("of another code than its record is a contradiction", async () => {
    const [one, other, tablet] = [await day.activated(), await day.activated(), await day.tabletAt()];
    const record = tablet.scanned(await one.show());
    await tablet.ask(record);
    const lie = { ...record, code: await other.show() };
    expect(await tablet.upload(lie)).toMatchObject({ taken: [], refused: [{ why: "contradicts" }] });
    expect(await other.passages()).toEqual([]);
    expect(await day.incidents(tablet)).toEqual(["journal_contradiction open 1"]);
  });
});

describe("a code counts by what was right when it was scanned", () => {
  test("not of somebody else's making, though the tablet says that it let it in", async () => {
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const real = await show();
    const forged = real.slice(0, -1) + (real.endsWith("0") ? "1" : "0");
    await tablet.upload(
      tablet.scanned(forged),
      tablet.scanned("https://example.test/"),
      tablet.scanned(null, { ticketId: tablet.shift.id }),
    );
    expect(await passages()).toEqual([]);
    expect(await entriesIn(world.ctx.db, tablet.competitionSessionId)).toBe(3);
    expect(await day.incidents(tablet)).toEqual(Array.from({ length: 3 }, () => "unknown_admitted open 1"));
  });

  test("not of an hour before; and a tablet that lies of its clock is found by the clock", async () => {
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const old = await show();
    world.clock.advance(3_600_000);
    await tablet.upload(tablet.scanned(old));
    expect(await passages()).toEqual([]);
    expect(await day.incidents(tablet)).toEqual(["clock_wrong open 1", "unknown_admitted open 1"]);
  });

  test("of the holder before: counts as by hand, is shown, and the new holder's is looked at", async () => {
    const [{ ticketId, show, passages }, tablet, other] = [
      await day.activated(),
      await day.tabletAt(),
      await day.tabletAt(1),
    ];
    world.clock.advance(1000);
    const receiver = await registerVisitor(world.ctx);
    await handOver(world.ctx, { giver: day.buyer, receiver, ticketIds: [ticketId] });
    world.clock.advance(60_000);
    await tablet.upload(tablet.scanned(await show()));
    expect(await passages()).toEqual(["in A by hand"]);
    expect(await day.incidents(tablet)).toEqual(["superseded_admitted open 1"]);
    const theirs = await world.ctx.db
      .selectFrom("ticket")
      .select("state")
      .where("id", "=", ticketId)
      .executeTakeFirstOrThrow();
    expect(theirs.state).toBe("admitted");
    const looked = other.scanned(null, { ticketId, means: "search" });
    expect(await other.ask(looked)).toMatchObject({ outcome: "check", reason: "already_admitted" });
  });

  test("and one from before the hand-over is good, though it arrives after it", async () => {
    const [{ ticketId, show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const record = tablet.scanned(await show());
    world.clock.advance(60_000);
    const receiver = await registerVisitor(world.ctx);
    await handOver(world.ctx, { giver: day.buyer, receiver, ticketIds: [ticketId] });
    await tablet.upload(record);
    expect(await passages()).toEqual(["in A"]);
    expect(await day.incidents(tablet)).toEqual([]);
  });

  test("while it was blocked it is shown; before and after it is not", async () => {
    const [one, other, tablet] = [await day.activated(), await day.activated(), await day.tabletAt()];
    const admin = await registerVisitor(world.ctx, "admin");
    const before = tablet.scanned(await one.show());
    world.clock.advance(1000);
    for (const { ticketId } of [one, other]) await blockTicket(world.ctx, admin, { ticketId, note: "Stolen" });
    world.clock.advance(1000);
    const during = tablet.scanned(await other.show());
    world.clock.advance(1000);
    await unblockTicket(world.ctx, admin, { ticketId: other.ticketId });
    await tablet.upload(before, during);
    expect(await day.incidents(tablet)).toEqual(["revoked_admitted open 1"]);
    expect((await incidentsIn(world.ctx.db, tablet.competitionSessionId))[0]?.ticketId).toBe(other.ticketId);
  });
});

test("what was noted about somebody is theirs to see, and goes with their account", async () => {
  const [{ ticketId, show }, tablet] = [await day.activated(), await day.tabletAt()];
  const scan = tablet.scanned(await show(), { outcome: "check", reason: "unlisted_pass", shown: "check" });
  await tablet.upload(scan, tablet.decided(scan, { note: "Has the passport of a cousin" }));
  const { accountId } = day.buyer;
  const read = async () => (await selectScanData(world.ctx.db, accountId)).find((one) => one.ticketId === ticketId);
  expect(await read()).toMatchObject({ outcome: "check", note: "Has the passport of a cousin", wentThrough: true });
  const person = { accountId, email: "nobody@test.example", deletedAt: world.ctx.clock() };
  await world.ctx.db.transaction().execute((trx) => anonymise(trx, person));
  expect(await read()).toMatchObject({ note: "—" });
  const decisions = world.ctx.db.selectFrom("scan_decision").select("note").where("note", "is not", null);
  expect(await decisions.execute()).toEqual([{ note: "—" }]);
});

test("the books agree after all of it", async () => {
  const { rules } = await proveSales(world.ctx);
  expect(rules.filter(({ total }) => total > 0)).toEqual([]);
});
