import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { fromBase64url } from "@tessera/pass";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountKeyPlace } from "../../accounts/account.ts";
import { ensureOrganiserKeys, loadOrganiserKeys } from "../../keys/organiser-keys.ts";
import {
  entriesIn,
  forgeCode,
  type Loot,
  openGateDay,
  passagesOf,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { purchaseKeyPlace } from "../../tickets/passes.ts";

/**
 * A stolen tablet, in an open shift, that uploads what it likes as let in: its signature is good, and its word is worth
 * nothing. What it says went through is counted as a person, shown as an incident, and spends nobody's ticket.
 */

let database: TestDatabase;
let world: TestContext;
let day: Awaited<ReturnType<typeof openGateDay>>;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await ensureOrganiserKeys(world.ctx);
  day = await openGateDay(world.ctx, "ATH01");
});
afterAll(() => database.drop());

/** Every key that there is about a ticket: A, B, I and T. */
async function everyKey(ticketId: string): Promise<Required<Omit<Loot, "list">>> {
  const { ctx } = world;
  const { issuer, token } = await loadOrganiserKeys(ctx);
  const { accountId } = day.buyer;
  const account = await database.ownerDb
    .selectFrom("account")
    .select("sealed_account_key")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  const epoch = await database.ownerDb
    .selectFrom("ticket_epoch")
    .select("sealed_purchase_key")
    .where("ticket_id", "=", ticketId)
    .where("epoch", "=", 1)
    .executeTakeFirstOrThrow();
  return {
    issuer: issuer.key,
    tokenKey: token.key,
    accountKey: ctx.keyring.open("account", account.sealed_account_key, accountKeyPlace(accountId)),
    purchaseKey: ctx.keyring.open("purchase", epoch.sealed_purchase_key, purchaseKeyPlace(ticketId, 1)),
  };
}

const leaks: readonly [what: string, (all: Required<Omit<Loot, "list">>) => Loot, epoch: number, finding: string][] = [
  ["no key at all", () => ({}), 1, "bad_signature"],
  ["issuer key I", ({ issuer }) => ({ issuer }), 1, "bad_seal"],
  ["I and T, of the next epoch", ({ issuer, tokenKey }) => ({ issuer, tokenKey }), 2, "not_current_pass"],
  ["I, T and A", ({ purchaseKey: _purchaseKey, ...loot }) => loot, 1, "bad_seal"],
  ["every key: a pass that was never made", (all) => all, 1, "not_current_pass"],
];

test.each(leaks)("by %s: spends no ticket", async (_, take, epoch, finding) => {
  const { ticketId, pass } = await day.activated();
  const tablet = await day.tabletAt();
  const loot = take(await everyKey(ticketId));
  const from = { pass: fromBase64url(pass), gamesId: world.ctx.policy.gamesId, now: world.ctx.clock() };
  const before = await entriesIn(database.db, tablet.competitionSessionId);
  const lie = tablet.scanned(await forgeCode(loot, from, { epoch }));
  expect(await tablet.upload(lie)).toEqual({ taken: [1], refused: [] });
  const { finding: found } = await database.db
    .selectFrom("scan")
    .select("finding")
    .where("scanner_id", "=", tablet.scanner.scannerId)
    .executeTakeFirstOrThrow();
  expect(found).toBe(finding);
  expect(await passagesOf(database.db, ticketId)).toEqual([]);
  expect(await entriesIn(database.db, tablet.competitionSessionId)).toBe(before + 1);
});

test("a code that was shown there, over and over: what its holder proved once is shown as more than one entry", async () => {
  const { ticketId, show } = await day.activated();
  const [tablet, other] = [await day.tabletAt(), await day.tabletAt(1)];
  const code = await show();
  await tablet.upload(tablet.scanned(code));
  world.clock.advance(60_000);
  await tablet.upload(tablet.scanned(code), tablet.scanned(code));
  expect(await passagesOf(database.db, ticketId)).toEqual(["in A", "in A", "in A"]);
  expect(await day.incidents(tablet)).toContain("admitted_twice open 3");
  expect(await other.ask(other.scanned(await show()))).toMatchObject({ outcome: "refuse", reason: "already_admitted" });
});
