import type { TabletRecord } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import { proveSales } from "../../sales/prove-sales.ts";
import { entriesIn, openGateDay, testContext, type TestContext } from "../../testing/index.ts";
import { listIncidents } from "./list-incidents.ts";

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

describe("two tablets that could not talk", () => {
  test("let in one ticket: two people inside, and one incident with both", async () => {
    const [{ show, passages }, one, other] = [await day.activated(), await day.tabletAt(), await day.tabletAt(1)];
    const first = one.scanned(await show());
    world.clock.advance(40_000);
    const second = other.scanned(await show());
    await other.upload(second);
    expect(await day.incidents(one)).toEqual([]);
    await one.upload(first);
    expect(await passages()).toEqual(["in A", "in B"]);
    expect(await entriesIn(world.ctx.db, one.competitionSessionId)).toBe(2);
    expect(await day.incidents(one)).toEqual(["admitted_twice open 2"]);
    await Promise.all([one.upload(first), other.upload(second)]);
    expect(await day.incidents(one)).toEqual(["admitted_twice open 2"]);
  });

  test("were shown the very same code", async () => {
    const [{ show }, one, other] = [await day.activated(), await day.tabletAt(), await day.tabletAt(1)];
    const relayed = await show();
    await one.upload(one.scanned(relayed));
    await other.upload(other.scanned(relayed, { outcome: "refuse", reason: "already_admitted", shown: "refuse" }));
    expect(await day.incidents(one)).toEqual(["relayed_code open 2"]);
  });

  test("let in two people by the very same code: one thing to look at", async () => {
    const [{ show }, one, other] = [await day.activated(), await day.tabletAt(), await day.tabletAt(1)];
    const relayed = await show();
    await one.upload(one.scanned(relayed));
    await other.upload(other.scanned(relayed));
    expect(await day.incidents(one)).toEqual(["admitted_twice open 2"]);
    const { competitionSessionId } = one;
    const { incidents } = await listIncidents(world.ctx, { competitionSessionId, state: "open", before: null });
    expect(incidents[0]?.scans.map(({ sameCode }) => sameCode)).toEqual([true, true]);
  });

  test("an incident explains itself by what comes later, and opens again", async () => {
    const [{ show, passages }, one, other] = [await day.activated(), await day.tabletAt(), await day.tabletAt(1)];
    const first = one.scanned(await show());
    world.clock.advance(40_000);
    const second = other.scanned(await show());
    await one.upload(first);
    await other.upload(second);
    // The person at the second gate was sent away after all; and then let in.
    await other.upload(other.decided(second, { admit: false }));
    expect(await day.incidents(one)).toEqual(["admitted_twice explained 2"]);
    expect(await passages()).toEqual(["in A"]);
    await other.upload(other.decided(second));
    expect(await day.incidents(one)).toEqual(["admitted_twice open 2"]);
  });
});

describe("a person decides", () => {
  const check = { outcome: "check", reason: "unlisted_pass", shown: "check" } as const;
  const no = { outcome: "refuse", reason: "stale_code", shown: "refuse" } as const;

  test("on a check, before or after the scan is known; a proved code counts as one", async () => {
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const scan = tablet.scanned(await show(), check);
    await tablet.upload(tablet.decided(scan));
    expect(await passages()).toEqual([]);
    await tablet.upload(scan);
    expect(await passages()).toEqual(["in A"]);
    await tablet.upload(tablet.decided(scan, { admit: false }));
    expect(await passages()).toEqual([]);
  });

  test("about somebody who was found by name: by hand, and written down", async () => {
    const [{ ticketId, show, passages }, tablet, other] = [
      await day.activated(),
      await day.tabletAt(),
      await day.tabletAt(1),
    ];
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
    const [one, other, tablet] = [await day.activated(), await day.activated(), await day.tabletAt()];
    const supervisor = await tablet.beginShift("supervisor");
    await database.ownerDb.updateTable("shift").set({ overrides: 1 }).where("id", "=", supervisor.id).execute();
    const scans = [tablet.scanned(await one.show(), no), tablet.scanned(await other.show(), no)];
    const [first, second] = scans;
    if (first === undefined || second === undefined) throw new Error("no scans");
    const override = { override: true, note: "I know them" };
    await tablet.upload(...scans, tablet.decided(first, override));
    expect(await one.passages()).toEqual([]);
    expect(await day.incidents(tablet)).toEqual(["unknown_admitted open 1"]);

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
    expect(await day.incidents(tablet)).toEqual(["unknown_admitted explained 1", "unknown_admitted open 1"]);
    expect(await entriesIn(world.ctx.db, tablet.competitionSessionId)).toBe(2);
  });

  test("to let in without saying so against a refusal: a tablet that lies", async () => {
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const scan = tablet.scanned(await show(), no);
    await tablet.upload(scan, tablet.decided(scan));
    expect(await passages()).toEqual([]);
    expect(await day.incidents(tablet)).toEqual(["unknown_admitted open 1"]);
  });
});

describe("a tablet's clock", () => {
  const stale = { outcome: "refuse", reason: "stale_code", shown: "refuse" } as const;

  test("is wrong when proofs of three tickets agree, and not by one old picture", async () => {
    const tablet = await day.tabletAt();
    const holders = [await day.activated(), await day.activated(), await day.activated()];
    const late = new Date(now().getTime() + 600_000).toISOString();
    const records: TabletRecord[] = [];
    for (const { show } of holders) records.push(tablet.scanned(await show(), { ...stale, at: late }));
    world.clock.advance(700_000);
    await tablet.upload(...records.slice(0, 2));
    expect(await day.incidents(tablet)).toEqual([]);
    await tablet.upload(...records.slice(2));
    expect(await day.incidents(tablet)).toEqual(["clock_wrong open 3"]);
  });

  test("is wrong when it scans what is to come, and the entry counts all the same", async () => {
    const [{ show, passages }, tablet] = [await day.activated(), await day.tabletAt()];
    const at = new Date(now().getTime() + 300_000).toISOString();
    await tablet.upload(tablet.scanned(await show(), { at }));
    expect(await passages()).toEqual(["in A"]);
    expect(await day.incidents(tablet)).toEqual(["clock_wrong open 1"]);
  });
});

test("the books agree after all of it", async () => {
  const { rules } = await proveSales(world.ctx);
  expect(rules.filter(({ total }) => total > 0)).toEqual([]);
});
