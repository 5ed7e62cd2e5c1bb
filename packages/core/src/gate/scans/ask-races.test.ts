import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import { openGateDay, registerVisitor, testContext, type TestContext, waitingForLocks } from "../../testing/index.ts";

let database: TestDatabase;
let world: TestContext;
let day: Awaited<ReturnType<typeof openGateDay>>;
let tablet: Awaited<ReturnType<typeof day.tabletAt>>;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await ensureOrganiserKeys(world.ctx);
  day = await openGateDay(world.ctx, "ATH01");
  tablet = await day.tabletAt();
});
afterAll(() => database.drop());

test("a scan that waits for a move decides by what there is after it", async () => {
  const { show, ticketId } = await day.activated();
  const code = await show();
  const epoch = await database.ownerDb
    .selectFrom("ticket_epoch")
    .select(["competition_session_id", "ticket_id", "holder_account_id", "sealed_purchase_key", "created_at"])
    .where("ticket_id", "=", ticketId)
    .where("epoch", "=", 1)
    .executeTakeFirstOrThrow();
  const scanned = await database.ownerDb.transaction().execute(async (trx) => {
    await trx.updateTable("ticket").set({ epoch: 2 }).where("id", "=", ticketId).execute();
    await trx
      .insertInto("ticket_epoch")
      .values({ ...epoch, epoch: 2 })
      .execute();
    const verdict = tablet.ask(tablet.scanned(code));
    // It has come as far as the lock that this transaction holds.
    await expect.poll(() => waitingForLocks(database.db)).toBe(1);
    return { verdict };
  });
  expect(await scanned.verdict).toMatchObject({ outcome: "refuse", reason: "superseded" });
});

test("tickets that somebody holds on to keep nobody waiting but who asks about them", async () => {
  const holder = await registerVisitor(world.ctx);
  const [free, ...held] = await Promise.all([0, 1, 2].map(() => day.activated(holder)));
  const ids = held.map(({ ticketId }) => ticketId);
  const asked = await Promise.all(held.map(async ({ show }) => tablet.scanned(await show())));
  const { waiting } = await database.ownerDb.transaction().execute(async (trx) => {
    await trx.updateTable("ticket").set({ holder_name: "Held" }).where("id", "in", ids).execute();
    const answers = asked.map((scan) => tablet.ask(scan));
    await expect.poll(() => waitingForLocks(database.db)).toBe(held.length);
    expect(await tablet.ask(tablet.scanned((await free?.show()) ?? ""))).toMatchObject({ outcome: "admit" });
    return { waiting: answers };
  });
  const admitted = { outcome: "admit", ticket: { holderName: "Held" } };
  expect(await Promise.all(waiting)).toMatchObject(held.map(() => admitted));
});

test("an unreadable code that comes twice under one number is one scan: the second gets the first one's answer", async () => {
  const asked = tablet.scanned("https://example.test/");
  await tablet.ask(asked);
  const again = tablet.scanned("https://example.test/");
  const row = await database.ownerDb
    .selectFrom("scan")
    .select(["competition_session_id", "gate_id", "account_id", "shift_id", "scanner_id", "means", "direction"])
    .select(["outcome", "reason", "code_sha256", "scanned_at"])
    .where("scanner_id", "=", tablet.scanner.scannerId)
    .where("number", "=", asked.number)
    .executeTakeFirstOrThrow();
  const arrived = new Date(world.ctx.clock().getTime() - 1);
  const scanned = await database.ownerDb.transaction().execute(async (trx) => {
    await trx
      .insertInto("scan")
      .values({ ...row, id: randomUUID(), number: again.number, received_at: arrived })
      .execute();
    const verdict = tablet.ask(again);
    // It has looked for its number, found nothing, and now waits for the row that this transaction has written.
    await expect.poll(() => waitingForLocks(database.db)).toBe(1);
    return { verdict };
  });
  expect(await scanned.verdict).toMatchObject({ reason: "malformed", decidedAt: arrived });
});

test("the database itself has one passage for each scan, and for each entry of a ticket", async () => {
  const { show } = await day.activated();
  await tablet.ask(tablet.scanned(await show()));
  const columns = ["competition_session_id", "ticket_id", "direction", "ordinal", "scan_id", "gate_id", "at"] as const;
  const again = database.db
    .insertInto("passage")
    .columns([...columns])
    .expression((eb) => eb.selectFrom("passage").select([...columns]));
  await expect(again.execute()).rejects.toMatchObject({ constraint: "passage_pkey" });
});

test("a pass whose keys the database no longer holds is refused, though its signature is good", async () => {
  const { ticketId, show } = await day.activated();
  const other = await day.activated();
  // As if somebody had signed with a stolen issuer key, without this ticket's purchase key.
  const swapped = await database.ownerDb
    .selectFrom("ticket_epoch")
    .select("sealed_purchase_key")
    .where("ticket_id", "=", other.ticketId)
    .where("epoch", "=", 1)
    .executeTakeFirstOrThrow();
  const place = (rowId: string) => ({
    table: "ticket_epoch",
    column: "sealed_purchase_key",
    rowId,
    epoch: 1,
  });
  const foreign = world.ctx.keyring.open("purchase", swapped.sealed_purchase_key, place(other.ticketId));
  await database.ownerDb
    .updateTable("ticket_epoch")
    .set({ sealed_purchase_key: world.ctx.keyring.seal("purchase", foreign, place(ticketId)) })
    .where("ticket_id", "=", ticketId)
    .where("epoch", "=", 1)
    .execute();
  expect(await tablet.ask(tablet.scanned(await show()))).toMatchObject({ outcome: "refuse", reason: "bad_seal" });
});
