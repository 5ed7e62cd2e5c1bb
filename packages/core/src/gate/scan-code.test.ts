import { createHash, randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import {
  buy,
  fetchList,
  makeDevice,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../testing/index.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { listGateCompetitionSessions } from "./list-gate-competition-sessions.ts";
import { scanCode } from "./scan-code.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let staff: Actor;

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
  staff = await registerVisitor(world.ctx, "staff");
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.set(start);
  buyer = await registerVisitor(world.ctx);
});

async function gatesOf(code: string) {
  const sessions = await listGateCompetitionSessions(world.ctx);
  const found = sessions.find(({ competitionSession }) => competitionSession.code === code);
  if (found === undefined) throw new Error(`no ${code}`);
  return { competitionSessionId: found.competitionSession.id, gates: found.gates };
}

const newNonce = (): string => randomUUID();
const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

async function scan(code: string, { at = "ATH01", gate = 0, nonce = newNonce() } = {}) {
  const { competitionSessionId, gates } = await gatesOf(at);
  const gateId = gates[gate]?.id ?? "";
  const scannedAt = world.ctx.clock().toISOString();
  return scanCode(world.ctx, staff, { competitionSessionId, gateId, code, nonce, scannedAt });
}

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
    expect(await scan(await show(), { gate: 1 })).toMatchObject({
      outcome: "admit",
      reason: "admitted",
      ticket: { holderName: "Camille Test", kind: "duo", category: "A", competitionSession: { code: "ATH01" } },
      first: null,
    });
    world.clock.advance(20_000);
    expect(await scan(await show(), { gate: 2 })).toMatchObject({
      outcome: "refuse",
      reason: "already_admitted",
      first: { at: start, gate: { code: "B" } },
    });
    expect((await listTickets(world.ctx, buyer, {}))[0]?.state).toBe("admitted");
  });

  test("scanned at 20 gates at once is admitted at exactly one", async () => {
    const { show } = await activated();
    const code = await show();
    const verdicts = await Promise.all(Array.from({ length: 20 }, (_, index) => scan(code, { gate: index % 4 })));
    expect(verdicts.filter(({ outcome }) => outcome === "admit")).toHaveLength(1);
    expect(new Set(verdicts.map(({ reason }) => reason))).toEqual(new Set(["admitted", "already_admitted"]));
  });

  test("sent again under the same nonce gets the same verdict, not a refusal", async () => {
    const { show } = await activated();
    const [code, nonce] = [await show(), randomUUID()];
    const verdicts = await Promise.all(Array.from({ length: 10 }, () => scan(code, { nonce })));
    expect(new Set(verdicts.map(({ reason }) => reason))).toEqual(new Set(["admitted"]));
    const other = await (await activated()).show();
    await expect(scan(other, { nonce })).rejects.toMatchObject({ code: "conflict" });
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

  test("of another competition session, and of another venue's gate", async () => {
    const { show } = await activated({ code: "ATH02" });
    expect(await scan(await show(), { at: "ATH01" })).toMatchObject({
      outcome: "refuse",
      reason: "wrong_competition_session",
      ticket: { competitionSession: { code: "ATH02" } },
    });
    const [here, there] = [await gatesOf("ATH01"), await gatesOf("SWM01")];
    const mixed = { ...here, gateId: there.gates[0]?.id ?? "" };
    await expect(
      scanCode(world.ctx, staff, { ...mixed, code: "x", nonce: randomUUID(), scannedAt: start.toISOString() }),
    ).rejects.toMatchObject({ code: "gate_not_in_venue" });
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
    const { competitionSessionId, gates } = await gatesOf("ATH01");
    const input = {
      competitionSessionId,
      gateId: gates[0]?.id ?? "",
      nonce: newNonce(),
      scannedAt: start.toISOString(),
    };
    expect(await scanCode(elsewhere, staff, { ...input, code: await show() })).toMatchObject({
      outcome: "refuse",
      reason: "bad_signature",
    });
  });
});

describe("at the same moment", () => {
  test("a scan that waits for a move decides by what there is after it", async () => {
    const { show, pass } = await activated();
    const code = await show();
    const epoch = await database.ownerDb
      .selectFrom("ticket_epoch")
      .select(["competition_session_id", "ticket_id", "holder_account_id", "sealed_purchase_key", "created_at"])
      .where("ticket_id", "=", pass.ticketId)
      .where("epoch", "=", 1)
      .executeTakeFirstOrThrow();
    const scanned = await database.ownerDb.transaction().execute(async (trx) => {
      await trx.updateTable("ticket").set({ epoch: 2 }).where("id", "=", pass.ticketId).execute();
      await trx
        .insertInto("ticket_epoch")
        .values({ ...epoch, epoch: 2 })
        .execute();
      const verdict = scan(code);
      // It has come as far as the lock that this transaction holds.
      await expect.poll(() => waitingForLocks()).toBe(1);
      return { verdict };
    });
    expect(await scanned.verdict).toMatchObject({ outcome: "refuse", reason: "superseded" });
  });

  test("an unreadable code that comes twice under one nonce is one scan: the second gets the first one's verdict", async () => {
    const code = "https://example.test/";
    await scan(code);
    const nonce = newNonce();
    const row = await database.ownerDb
      .selectFrom("scan")
      .select(["competition_session_id", "gate_id", "account_id", "outcome", "reason", "code_sha256", "scanned_at"])
      .where("ticket_id", "is", null)
      .orderBy("received_at", "desc")
      .executeTakeFirstOrThrow();
    const arrived = new Date(start.getTime() - 1);
    const scanned = await database.ownerDb.transaction().execute(async (trx) => {
      await trx
        .insertInto("scan")
        .values({ ...row, code_sha256: sha256(code), reason: "malformed", id: newNonce(), nonce, received_at: arrived })
        .execute();
      const verdict = scan(code, { nonce });
      // It has looked for its nonce, found nothing, and now waits for the row that this transaction has written.
      await expect.poll(() => waitingForLocks()).toBe(1);
      return { verdict };
    });
    expect(await scanned.verdict).toMatchObject({ reason: "malformed", decidedAt: arrived });
  });

  test("the database itself admits a ticket once for each entry", async () => {
    const { show } = await activated();
    await scan(await show());
    const again = database.db
      .insertInto("admission")
      .columns(["competition_session_id", "ticket_id", "entry_number", "scan_id", "gate_id", "admitted_at"])
      .expression((eb) =>
        eb
          .selectFrom("admission")
          .select(["competition_session_id", "ticket_id", "entry_number", "scan_id", "gate_id", "admitted_at"]),
      );
    await expect(again.execute()).rejects.toMatchObject({ constraint: "admission_pkey" });
  });
});

/** How many sessions of this database wait for somebody's lock. */
async function waitingForLocks(): Promise<number> {
  const waiting = await sql<{ count: number }>`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db);
  return waiting.rows[0]?.count ?? 0;
}

describe("the seal", () => {
  test("a pass whose keys the database no longer holds is refused, though its signature is good", async () => {
    const { pass, show } = await activated();
    const other = await activated();
    // As if somebody had signed with a stolen issuer key, without this ticket's purchase key.
    const swapped = await database.ownerDb
      .selectFrom("ticket_epoch")
      .select("sealed_purchase_key")
      .where("ticket_id", "=", other.pass.ticketId)
      .where("epoch", "=", 1)
      .executeTakeFirstOrThrow();
    const place = (ticketId: string) => ({
      table: "ticket_epoch",
      column: "sealed_purchase_key",
      rowId: ticketId,
      epoch: 1,
    });
    const foreign = world.ctx.keyring.open("purchase", swapped.sealed_purchase_key, place(other.pass.ticketId));
    await database.ownerDb
      .updateTable("ticket_epoch")
      .set({ sealed_purchase_key: world.ctx.keyring.seal("purchase", foreign, place(pass.ticketId)) })
      .where("ticket_id", "=", pass.ticketId)
      .where("epoch", "=", 1)
      .execute();
    expect(await scan(await show())).toMatchObject({ outcome: "refuse", reason: "bad_seal" });
  });
});

test("the list knows tickets by digests, with their holders and first admissions, and holds no key", async () => {
  const { pass, show } = await activated({ code: "SWM01" });
  const { competitionSessionId } = await gatesOf("SWM01");
  await buy(world.ctx, buyer, { code: "SWM01" });
  expect(await scan(await show(), { at: "SWM01", gate: 3 })).toMatchObject({ outcome: "admit" });
  const list = await fetchList(world.ctx, { competitionSessionId });
  expect(list).toMatchObject({ gamesId: "test-2028", zones: [1], issuerKeys: [{ id: 1 }] });
  const [activatedTicket, fresh] = list.tickets.toSorted((a, b) => b.entry.epoch - a.entry.epoch);
  expect(activatedTicket).toMatchObject({
    entry: { ticketId: pass.ticketId, epoch: 1 },
    admitted: { atMs: start.getTime(), gate: { code: "D" } },
  });
  expect(fresh).toMatchObject({ entry: { epoch: 0, passDigest: null }, admitted: null });
  for (const { entry } of list.tickets) expect(entry.nextTokenDigest).toHaveLength(12);
});
