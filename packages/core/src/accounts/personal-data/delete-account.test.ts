import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Policy } from "../../ports.ts";
import { applyPaymentEvent } from "../../sales/apply-payment-event.ts";
import { expireOrder } from "../../sales/release-order.ts";
import { readSalesSummary } from "../../sales/sales-figures.ts";
import { fillAccount } from "../../testing/full-account.ts";
import {
  buy,
  makeDevice,
  openPayment,
  queuedMail,
  registerAccount,
  registerVisitor,
  reserveOne,
  scanOnline,
  secretOf,
  stockProgramme,
  testContext,
  withoutLimits,
} from "../../testing/index.ts";
import { readInvitation } from "../staff/accept-invitation.ts";
import { inviteEmployee } from "../staff/invite-employee.ts";
import { deleteAccount } from "./delete-account.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const gatesOpen = new Date("2028-07-20T15:30:00Z");
const over = new Date("2028-07-21T12:00:00Z");
const staying = { giveUpTickets: false };
const givingUp = { giveUpTickets: true };

async function openWorld(policy: Partial<Policy> = {}) {
  const made = testContext({ db: database.db, now: gatesOpen, policy });
  const ctx = withoutLimits(made.ctx);
  await database.ownerDb.deleteFrom("organiser_key").execute();
  await ensureOrganiserKeys(ctx);
  await stockProgramme(ctx, [{ code: "ATH01", category: "A", priceCents: 120_00 }]);
  return { ...made, ctx };
}

const accountOf = (accountId: string) =>
  database.ownerDb
    .selectFrom("account")
    .select(["email", "display_name", "password_hash", "sealed_account_key", "deleted_at"])
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();

const seatsTaken = async () => {
  const pools = await database.ownerDb.selectFrom("seat_pool").select("taken").execute();
  return pools.reduce((sum, { taken }) => sum + taken, 0);
};

/** Every table that has it in some column, in the clear or as bytes. */
async function tablesWith(needle: string): Promise<string[]> {
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(
    database.ownerDb,
  );
  expect(rows.length).toBeGreaterThan(40);
  const bytes = Buffer.from(needle).toString("hex");
  const found: string[] = [];
  for (const { schema, name } of rows) {
    const hit = await sql`
      select 1 from ${sql.table(`${schema}.${name}`)} as one
      where one::text ilike ${`%${needle}%`} or one::text like ${`%${bytes}%`} limit 1`.execute(database.ownerDb);
    if (hit.rows.length > 0) found.push(name);
  }
  return found;
}

describe("deleting an account", () => {
  it("leaves no trace of the person, and accounting as it was", async () => {
    const { ctx } = await openWorld();
    const person = await fillAccount(ctx, database.ownerDb, { email: "zdenka.v@example.test", name: "Zdenka Vzácná" });
    const { actor } = person;
    const { order } = await buy(ctx, actor, { quantity: 2 });
    await reserveOne(ctx, actor);
    const sales = async () => {
      const { tickets, amountCents, orders } = await readSalesSummary(ctx);
      return { tickets, amountCents, orders };
    };
    const before = { sales: await sales(), ledger: await ledgerRows(), seats: await seatsTaken() };
    for (const needle of person.traces) expect(await tablesWith(needle)).not.toEqual([]);

    await deleteAccount(ctx, actor, givingUp);
    for (const needle of person.traces) expect(await tablesWith(needle)).toEqual([]);
    const sessions = database.ownerDb.selectFrom("auth_session").select("id");
    expect(await sessions.where("account_id", "=", actor.accountId).execute()).toEqual([]);
    expect(await accountOf(actor.accountId)).toEqual({
      email: `deleted-${actor.accountId}@deleted.invalid`,
      display_name: "—",
      password_hash: null,
      sealed_account_key: Buffer.alloc(0),
      deleted_at: ctx.clock(),
    });
    // The held seat is free again; what was paid is still sold.
    expect({ sales: await sales(), ledger: await ledgerRows(), seats: await seatsTaken() }).toEqual({
      ...before,
      seats: before.seats - 1,
    });
    const kept = database.ownerDb.selectFrom("order").select(["state", "total_cents"]).where("id", "=", order.id);
    expect(await kept.execute()).toEqual([{ state: "paid", total_cents: 240_00 }]);

    // Of what waited to be sent, sealed, only the good-bye still knows the address.
    const sealed = database.ownerDb.selectFrom("mail").select("template").where("sealed_content", "is not", null);
    expect(await sealed.where("account_id", "=", actor.accountId).execute()).toEqual([{ template: "account_deleted" }]);
    await expect(queuedMail(ctx, "zdenka.v@example.test", "account_deleted")).resolves.toBeDefined();
    const written = database.ownerDb.selectFrom("audit_entry").select(["actor_id", "subject_id", "details"]);
    expect(await written.where("action", "=", "account.deleted").execute()).toContainEqual({
      actor_id: actor.accountId,
      subject_id: actor.accountId,
      details: { ticketsGivenUp: 2 },
    });
  });

  it("takes back an invitation to its address, and the link dies", async () => {
    const { ctx } = await openWorld();
    const admin = await registerVisitor(ctx, "admin");
    const { email, ...visitor } = await registerAccount(ctx, "visitor");
    await inviteEmployee(ctx, admin, { email, role: "staff", locale: "fr" });
    const token = secretOf((await queuedMail(ctx, email, "invitation")).link);
    await readInvitation(ctx, { token });
    await deleteAccount(ctx, { accountId: visitor.id, role: "visitor" }, staying);
    await expect(readInvitation(ctx, { token })).rejects.toThrow("link_expired");
    const open = database.ownerDb.selectFrom("invitation").select("id").where("revoked_at", "is", null);
    expect(await open.where("accepted_at", "is", null).execute()).toEqual([]);
    const tokens = database.ownerDb.selectFrom("mail_token").select("kind").where("kind", "=", "invitation");
    expect(await tokens.execute()).toEqual([]);
  });

  it("cancels the tickets that are given up: the gate refuses their codes", async () => {
    const { ctx } = await openWorld();
    const actor = await registerVisitor(ctx);
    const { tickets } = await buy(ctx, actor);
    const device = await makeDevice();
    const [pass] = await device.activate(
      ctx,
      actor,
      tickets.map(({ id }) => id),
    );
    const [ticket] = tickets;
    if (!pass || !ticket) throw new Error("no ticket");
    await expect(deleteAccount(ctx, actor, staying)).rejects.toMatchObject({
      code: "tickets_still_held",
      details: { count: 1 },
    });
    expect((await accountOf(actor.accountId)).deleted_at).toBeNull();
    await deleteAccount(ctx, actor, givingUp);

    const events = database.ownerDb.selectFrom("ticket_event").select(["kind", "epoch"]).orderBy("kind");
    expect(await events.where("ticket_id", "=", ticket.id).execute()).toEqual([
      { kind: "activated", epoch: 1 },
      { kind: "cancelled", epoch: 1 },
      { kind: "issued", epoch: 0 },
    ]);
    const verdict = await scanOnline(ctx, await reading(ticket, await device.show(pass.pass, ctx.clock())));
    expect(verdict).toMatchObject({ outcome: "refuse", reason: "revoked", ticket: { holderName: "—" } });
  });

  it("leaves tickets for what is over as they are, and their codes open nothing", async () => {
    const { ctx, clock } = await openWorld({ gatesAlwaysOpen: true });
    const actor = await registerVisitor(ctx);
    const { tickets } = await buy(ctx, actor);
    const device = await makeDevice();
    const [pass] = await device.activate(
      ctx,
      actor,
      tickets.map(({ id }) => id),
    );
    const [ticket] = tickets;
    if (!pass || !ticket) throw new Error("no ticket");
    clock.set(over);
    await deleteAccount(ctx, actor, staying);
    const rows = database.ownerDb.selectFrom("ticket").select(["state", "holder_name"]).where("id", "=", ticket.id);
    expect(await rows.execute()).toEqual([{ state: "issued", holder_name: "—" }]);
    const verdict = await scanOnline(ctx, await reading(ticket, await device.show(pass.pass, ctx.clock())));
    expect(verdict).toMatchObject({ outcome: "refuse" });
  });

  it("waits for a payment that is under way, and cancels nothing before", async () => {
    const { ctx } = await openWorld();
    const actor = await registerVisitor(ctx);
    const { id: held } = await reserveOne(ctx, actor);
    const { id: paying } = await reserveOne(ctx, actor);
    await openPayment(ctx, actor, paying);
    await expect(deleteAccount(ctx, actor, givingUp)).rejects.toThrow("payment_still_open");
    const states = database.ownerDb.selectFrom("order").select("state").where("id", "in", [held, paying]);
    expect((await states.execute()).map(({ state }) => state).toSorted()).toEqual(["awaiting_payment", "held"]);
  });

  it("sends money back that arrives when the person is gone", async () => {
    const { ctx } = await openWorld();
    const actor = await registerVisitor(ctx);
    const { id: orderId } = await reserveOne(ctx, actor);
    const paymentId = await openPayment(ctx, actor, orderId);
    await expireOrder(ctx, orderId);
    await deleteAccount(ctx, actor, staying);
    const seats = await seatsTaken();
    await applyPaymentEvent(ctx, { id: randomUUID(), paymentId, kind: "succeeded", providerPaymentId: null });
    const refunds = database.ownerDb.selectFrom("refund").select(["reason", "amount_cents"]);
    expect(await refunds.where("payment_id", "=", paymentId).execute()).toEqual([
      { reason: "account_deleted", amount_cents: 120_00 },
    ]);
    const issued = database.ownerDb.selectFrom("ticket").select("id").where("order_id", "=", orderId);
    expect(await issued.execute()).toEqual([]);
    expect(await seatsTaken()).toBe(seats);
  });

  it("happens once when it is asked for 20 times at once", async () => {
    const { ctx } = await openWorld();
    const actor = await registerVisitor(ctx);
    await buy(ctx, actor);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => deleteAccount(ctx, actor, givingUp)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "not_signed_in" });
    }
    const events = database.ownerDb
      .selectFrom("ticket_event")
      .innerJoin("ticket", "ticket.id", "ticket_event.ticket_id");
    const cancelled = events.select("ticket.id").where("kind", "=", "cancelled");
    expect(await cancelled.where("holder_account_id", "=", actor.accountId).execute()).toHaveLength(1);
  });

  it.each(["staff", "supervisor", "admin"] as const)("is not for a %s", async (role) => {
    const { ctx } = await openWorld();
    const actor = await registerVisitor(ctx, role);
    await expect(deleteAccount(ctx, actor, givingUp)).rejects.toThrow("employee_account");
    // Nor for somebody who became an employee a moment ago.
    await expect(deleteAccount(ctx, { ...actor, role: "visitor" }, givingUp)).rejects.toThrow("employee_account");
    expect((await accountOf(actor.accountId)).deleted_at).toBeNull();
  });
});

const ledgerRows = () =>
  database.ownerDb
    .selectFrom("ledger_entry")
    .select((eb) => ["kind", eb.fn.sum("amount_cents").as("cents"), eb.fn.sum("tickets").as("tickets")])
    .groupBy("kind")
    .execute();

/** A reading of a code at some gate of its competition session. */
async function reading(ticket: { competitionSession: { id: string } }, code: string) {
  const gate = await database.ownerDb
    .selectFrom("gate")
    .innerJoin("competition_session", "competition_session.venue_id", "gate.venue_id")
    .select("gate.id")
    .where("competition_session.id", "=", ticket.competitionSession.id)
    .executeTakeFirstOrThrow();
  return {
    competitionSessionId: ticket.competitionSession.id,
    gateId: gate.id,
    code,
  };
}
