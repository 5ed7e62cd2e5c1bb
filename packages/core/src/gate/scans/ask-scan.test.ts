import { randomUUID } from "node:crypto";
import type { ScanQuestion } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import {
  buy,
  enrolTablet,
  gatesOf,
  incidentsIn,
  makeDevice,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { listTickets } from "../../tickets/list-tickets.ts";
import { askScan } from "./ask-scan.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let tablets: Tablet[];

type Tablet = Awaited<ReturnType<typeof enrolTablet>> & { number: number };

/** One world for the whole file: keys opened under one keyring must meet again. The gates are open. */
const start = new Date("2028-07-20T15:30:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [
    { code: "ATH01", capacity: 100 },
    { code: "ATH02", capacity: 100 },
    { code: "SWM01", capacity: 100, venueCode: "POOL", venue: "Aquatics Centre" },
  ]);
  const { competitionSessionId, gates } = await gatesOf(world.ctx, "ATH01");
  const enrol = (gateId: string) => enrolTablet(world.ctx, { gateId, competitionSessionIds: [competitionSessionId] });
  tablets = [];
  for (const { id } of gates) tablets.push({ ...(await enrol(id)), number: 0 });
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.set(start);
  buyer = await registerVisitor(world.ctx);
});

function tabletAt(gate: number): Tablet {
  const tablet = tablets[gate];
  if (tablet === undefined) throw new Error(`no gate ${gate}`);
  return tablet;
}

/** What the tablet of a gate asks next. */
async function question(code: string | null, gate = 0, change: Partial<ScanQuestion> = {}): Promise<ScanQuestion> {
  const tablet = tabletAt(gate);
  const number = (tablet.number += 1);
  const { competitionSessionId } = await gatesOf(world.ctx, "ATH01");
  return {
    number,
    shiftId: tablet.shift.id,
    at: world.ctx.clock().toISOString(),
    competitionSessionId,
    gateId: tablet.scanner.gateId,
    direction: "in",
    means: "camera",
    code,
    ticketId: null,
    ...change,
  };
}

const ask = (asked: ScanQuestion, gate = 0) => askScan(world.ctx, tabletAt(gate).scanner, asked);
const scan = async (code: string, gate = 0) => ask(await question(code, gate), gate);

/** An activated ticket and the device that shows it. */
async function activated(wanted: Parameters<typeof buy>[2] = {}) {
  const { tickets } = await buy(world.ctx, buyer, wanted);
  const device = await makeDevice();
  const [pass] = await device.activate(
    world.ctx,
    buyer,
    tickets.map(({ id }) => id),
  );
  if (pass === undefined) throw new Error("no pass");
  return { device, pass, show: () => device.show(pass.pass, world.ctx.clock()) };
}

describe("a good code", () => {
  test("is admitted once; the second time it is refused with the moment and the gate of the first", async () => {
    const { show } = await activated({ kind: "duo" });
    expect(await scan(await show(), 1)).toMatchObject({
      outcome: "admit",
      reason: "admitted",
      ticket: { holderName: "Camille Test", kind: "duo", category: "A", competitionSession: { code: "ATH01" } },
      first: null,
    });
    world.clock.advance(20_000);
    expect(await scan(await show(), 2)).toMatchObject({
      outcome: "refuse",
      reason: "already_admitted",
      first: { at: start, gate: { code: "B" } },
    });
    expect((await listTickets(world.ctx, buyer, {}))[0]?.state).toBe("admitted");
  });

  test("scanned at 20 gates at once is admitted at exactly one", async () => {
    const { pass, show } = await activated();
    const code = await show();
    const verdicts = await Promise.all(Array.from({ length: 20 }, (_, index) => scan(code, index % 4)));
    expect(verdicts.filter(({ outcome }) => outcome === "admit")).toHaveLength(1);
    expect(new Set(verdicts.map(({ reason }) => reason))).toEqual(new Set(["admitted", "already_admitted"]));
    const passages = database.db.selectFrom("passage").select("ordinal").where("ticket_id", "=", pass.ticketId);
    expect(await passages.execute()).toHaveLength(1);
  });

  test("asked again under the same number gets the same answer, not a refusal", async () => {
    const { show } = await activated();
    const asked = await question(await show());
    const verdicts = await Promise.all(Array.from({ length: 10 }, () => ask(asked)));
    expect(new Set(verdicts.map(({ reason }) => reason))).toEqual(new Set(["admitted"]));
    const other = await (await activated()).show();
    await expect(ask({ ...asked, code: other })).rejects.toMatchObject({ code: "conflict" });
    await expect(ask({ ...asked, direction: "out" })).rejects.toMatchObject({ code: "conflict" });
    const incidents = await incidentsIn(database.db, asked.competitionSessionId);
    expect(incidents).toMatchObject([{ kind: "journal_contradiction", state: "open", scans: 1 }]);
  });

  test("asked again under another number is looked at: the tablet may never have heard the yes", async () => {
    const { show } = await activated();
    expect(await scan(await show())).toMatchObject({ outcome: "admit" });
    const again = { reason: "already_admitted", first: { at: start } };
    expect(await scan(await show())).toMatchObject({ outcome: "check", ...again });
    expect(await scan(await show(), 1)).toMatchObject({ outcome: "refuse", ...again });
  });

  test("goes out and comes in again where the policy lets it, and only then", async () => {
    const { show } = await activated();
    const go = async (direction: "in" | "out", gate: number) =>
      ask(await question(await show(), gate, { direction }), gate);
    const { competitionSessionId } = await gatesOf(world.ctx, "ATH01");
    expect(await go("out", 0)).toMatchObject({ outcome: "check", reason: "not_inside" });
    expect(await go("in", 0)).toMatchObject({ outcome: "admit" });
    world.clock.advance(1000);
    expect(await go("out", 1)).toMatchObject({ outcome: "admit", reason: "exited" });
    expect(await go("in", 2)).toMatchObject({ outcome: "refuse", reason: "already_admitted" });
    await database.db
      .insertInto("gate_policy")
      .values({
        competition_session_id: competitionSessionId,
        reentry: "after_exit",
        offline_admission: "any",
        max_list_age_seconds: 600,
        list_too_old: "check",
      })
      .execute();
    world.clock.advance(1000);
    expect(await go("in", 2)).toMatchObject({ outcome: "admit" });
    world.clock.advance(1000);
    expect(await go("in", 3)).toMatchObject({
      outcome: "check",
      reason: "already_inside",
      first: { at: new Date(start.getTime() + 2000), gate: { code: "C" } },
    });
    await database.ownerDb.deleteFrom("gate_policy").execute();
  });
});

describe("somebody who was looked up", () => {
  test("is for a person to look at, whoever it is; and refused where no code would help", async () => {
    const { pass, show } = await activated();
    const lookUp = async (ticketId: string, gate = 0) =>
      ask(await question(null, gate, { means: "search", ticketId }), gate);
    expect(await lookUp(pass.ticketId)).toMatchObject({
      outcome: "check",
      reason: "looked_up",
      ticket: { id: pass.ticketId },
    });
    expect(await lookUp(randomUUID())).toMatchObject({ outcome: "check", reason: "unknown_ticket", ticket: null });
    await scan(await show(), 1);
    expect(await lookUp(pass.ticketId)).toMatchObject({
      outcome: "refuse",
      reason: "already_admitted",
      first: { gate: { code: "B" } },
    });
  });
});

describe("a tablet", () => {
  test("is answered for its own competition sessions, at gates of their venue, while its shift is open", async () => {
    const code = "https://example.test/";
    const [there, other] = [await gatesOf(world.ctx, "SWM01"), await gatesOf(world.ctx, "ATH02")];
    const refused = async (change: Partial<ScanQuestion>) => ask(await question(code, 0, change));
    await expect(refused({ competitionSessionId: other.competitionSessionId })).rejects.toMatchObject({
      code: "competition_session_not_assigned",
    });
    await expect(refused({ gateId: there.gates[0]?.id ?? "" })).rejects.toMatchObject({ code: "gate_not_in_venue" });
    await expect(refused({ shiftId: tabletAt(1).shift.id })).rejects.toMatchObject({ code: "shift_over" });
    const late = await tabletAt(0).beginShift("staff");
    await database.db.updateTable("shift").set({ ended_at: start }).where("id", "=", late.id).execute();
    await expect(refused({ shiftId: late.id })).rejects.toMatchObject({ code: "shift_over" });
    world.clock.advance(12 * 3_600_000);
    await expect(refused({})).rejects.toMatchObject({ code: "shift_over" });
  });
});

describe("a code that is not good here or now", () => {
  test("a screenshot is dead 30 seconds later", async () => {
    const { show } = await activated();
    const screenshot = await show();
    world.clock.advance(45_000);
    expect(await scan(screenshot)).toMatchObject({ outcome: "refuse", reason: "stale_code" });
    expect(await scan(await show())).toMatchObject({ outcome: "admit" });
  });

  test("of another competition session", async () => {
    const { show } = await activated({ code: "ATH02" });
    expect(await scan(await show())).toMatchObject({
      outcome: "refuse",
      reason: "wrong_competition_session",
      ticket: { competitionSession: { code: "ATH02" } },
    });
  });

  test("before the gates open, and after the end", async () => {
    const { device, pass } = await activated();
    for (const [at, reason] of [
      ["2028-07-20T14:29:59Z", "too_early"],
      ["2028-07-20T19:30:00Z", "too_late"],
    ] as const) {
      world.clock.set(new Date(at));
      expect(await scan(await device.show(pass.pass, new Date(at)))).toMatchObject({ outcome: "refuse", reason });
    }
  });

  test.each(["", "https://example.test/", "TSR1:", "TSR1:AAAA", "TSR9:ABC", "\u0000"])(
    "%j is malformed or unknown",
    async (code) => {
      expect(await scan(code)).toMatchObject({ outcome: "refuse", ticket: null, first: null });
    },
  );

  test("every changed character is refused", async () => {
    const { show } = await activated();
    const code = await show();
    for (let index = 0; index < code.length; index += 7) {
      const changed = code.slice(0, index) + (code[index] === "0" ? "1" : "0") + code.slice(index + 1);
      expect(await scan(changed)).toMatchObject({ outcome: "refuse" });
    }
  });

  test("of a device that the ticket has left", async () => {
    const { show: showOld, pass } = await activated();
    const device = await makeDevice();
    const [moved] = await device.activate(world.ctx, buyer, [pass.ticketId]);
    expect(await scan(await showOld())).toMatchObject({ outcome: "refuse", reason: "superseded" });
    expect(await scan(await device.show(moved?.pass ?? "", start))).toMatchObject({ outcome: "admit" });
  });

  test("of other Games, though the keys are the same", async () => {
    const { show } = await activated();
    const elsewhere = { ...world.ctx, policy: { ...world.ctx.policy, gamesId: "other-games" } };
    const asked = await question(await show());
    expect(await askScan(elsewhere, tabletAt(0).scanner, asked)).toMatchObject({
      outcome: "refuse",
      reason: "bad_signature",
    });
  });
});
