import type { Database } from "@tessera/db";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import type { Kysely, Transaction } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CoreContext } from "../../context.ts";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import { expireOrder } from "../../sales/release-order.ts";
import {
  buy,
  openPayment,
  registerVisitor,
  reserveOne,
  stockProgramme,
  testContext,
  waitingForLocks,
  withoutLimits,
} from "../../testing/index.ts";
import { lockLiveAccount } from "../accounts.queries.ts";
import { deleteAccount } from "./delete-account.ts";

// What is asked before the account is locked is asked again behind the lock: something may have come in between.

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function openWorld() {
  const ctx = withoutLimits(testContext({ db: database.db, now: new Date("2028-07-20T15:30:00Z") }).ctx);
  await database.ownerDb.deleteFrom("organiser_key").execute();
  await ensureOrganiserKeys(ctx);
  await stockProgramme(ctx, [{ code: "ATH01", category: "A", priceCents: 120_00 }]);
  return { ctx, actor: await registerVisitor(ctx) };
}

/** Deletes, and lets `meanwhile` happen when everything has been asked once and the lock is waited for. */
async function deleteBehind(
  ctx: CoreContext,
  actor: Actor,
  meanwhile: (trx: Transaction<Database>) => Promise<unknown>,
): Promise<PromiseSettledResult<void>[]> {
  const { deleting } = await database.ownerDb.transaction().execute(async (trx) => {
    await lockLiveAccount(trx, actor.accountId);
    const begun = Promise.allSettled([deleteAccount(ctx, actor, { giveUpTickets: false })]);
    await vi.waitFor(async () => expect(await waitingForLocks(database.db)).toBe(1));
    await meanwhile(trx);
    return { deleting: begun };
  });
  return deleting;
}

const isDeleted = async ({ accountId }: Actor): Promise<boolean> => {
  const account = database.ownerDb.selectFrom("account").select("deleted_at").where("id", "=", accountId);
  return (await account.executeTakeFirstOrThrow()).deleted_at !== null;
};

describe("behind the lock", () => {
  it("is stopped by a payment that was opened meanwhile", async () => {
    const { ctx, actor } = await openWorld();
    const { id: orderId } = await reserveOne(ctx, actor);
    const paymentId = await openPayment(ctx, actor, orderId);
    await expireOrder(ctx, orderId);
    const settle = (db: Kysely<Database>, state: "pending" | "refused") =>
      db.updateTable("payment").set({ state }).where("id", "=", paymentId).execute();
    await settle(database.ownerDb, "refused");
    const results = await deleteBehind(ctx, actor, (trx) => settle(trx, "pending"));
    expect(results).toMatchObject([{ status: "rejected", reason: { code: "payment_still_open" } }]);
    expect(await isDeleted(actor)).toBe(false);
  });

  it("is stopped by seats that were held meanwhile", async () => {
    const { ctx, actor } = await openWorld();
    const { id: orderId } = await reserveOne(ctx, actor);
    await expireOrder(ctx, orderId);
    const results = await deleteBehind(ctx, actor, (trx) =>
      trx.updateTable("order").set({ state: "held" }).where("id", "=", orderId).execute(),
    );
    expect(results).toMatchObject([{ status: "rejected", reason: { code: "conflict" } }]);
    expect(await isDeleted(actor)).toBe(false);
  });

  it("is stopped by a ticket that came meanwhile", async () => {
    const { ctx, actor } = await openWorld();
    const { tickets } = await buy(ctx, actor);
    const ids = tickets.map(({ id }) => id);
    await database.ownerDb.updateTable("ticket").set({ state: "cancelled" }).where("id", "in", ids).execute();
    const results = await deleteBehind(ctx, actor, (trx) =>
      trx.updateTable("ticket").set({ state: "issued" }).where("id", "in", ids).execute(),
    );
    const refused = { code: "tickets_still_held", details: { count: ids.length } };
    expect(results).toMatchObject([{ status: "rejected", reason: refused }]);
    expect(await isDeleted(actor)).toBe(false);
  });
});
