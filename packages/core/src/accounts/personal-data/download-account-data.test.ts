import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import { fillAccount } from "../../testing/full-account.ts";
import {
  buy,
  handOver,
  makeDevice,
  offerTo,
  registerVisitor,
  reserveOne,
  stockProgramme,
  testContext,
  withoutLimits,
} from "../../testing/index.ts";
import { downloadAccountData } from "./download-account-data.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function openWorld(now = new Date("2028-07-20T15:30:00Z")) {
  const made = testContext({ db: database.db, now });
  const ctx = withoutLimits(made.ctx);
  await database.ownerDb.deleteFrom("organiser_key").execute();
  await ensureOrganiserKeys(ctx);
  await stockProgramme(ctx, [{ code: "ATH01", category: "A", priceCents: 120_00 }]);
  return ctx;
}

it("gives everything that is kept of a person, and nothing of anybody else", async () => {
  const ctx = await openWorld();
  const { standing, actor } = await fillAccount(ctx, database.ownerDb, { email: "own@example.test", name: "Own Data" });
  const { order, tickets } = await buy(ctx, actor, { kind: "duo" });
  await reserveOne(ctx, actor);
  const device = await makeDevice();
  await device.activate(
    ctx,
    actor,
    tickets.map(({ id }) => id),
  );
  const stranger = await registerVisitor(ctx);
  await buy(ctx, stranger);

  const data = await downloadAccountData(ctx, standing);
  expect(data).toMatchObject({
    madeAt: "2028-07-20T15:30:00.000Z",
    currency: "EUR",
    account: {
      id: actor.accountId,
      email: "own@example.test",
      displayName: "Own Data",
      role: "visitor",
      hasPassword: true,
    },
    factors: {
      totp: { confirmedAt: "2028-07-20T15:30:00.000Z" },
      passkeys: [{ name: "Clé de Own Data", transports: ["internal"] }],
      recoveryCodesLeft: 1,
      reset: { readyAt: "2028-07-20T15:30:00.000Z" },
    },
    emailChange: { newEmail: "new-own@example.test" },
    authSessions: [{ current: true, browser: "Firefox", system: "Android" }],
  });
  expect(data["orders"]).toHaveLength(2);
  expect(data["orders"]).toContainEqual(
    expect.objectContaining({
      reference: order.reference,
      state: "paid",
      totalCents: 240_00,
      lines: [{ kind: "duo", quantity: 1, unitPriceCents: 240_00, category: "A", competitionSession: "ATH01" }],
      payments: [expect.objectContaining({ provider: "demo", state: "succeeded", amountCents: 240_00, refunds: [] })],
    }),
  );
  expect(data["tickets"]).toHaveLength(2);
  expect(data["tickets"]).toContainEqual(
    expect.objectContaining({
      holderName: "Own Data",
      competitionSession: "ATH01",
      history: expect.arrayContaining([expect.objectContaining({ kind: "activated", epoch: 1 })]) as unknown,
    }),
  );
  expect(data["mails"]).toContainEqual(expect.objectContaining({ template: "password_reset" }));
  expect(data["auditEntries"]).toContainEqual(
    expect.objectContaining({ action: "account.data_downloaded", byYou: true, aboutYou: true }),
  );
  expect(JSON.stringify(data)).not.toContain(stranger.accountId);
  // Plain JSON: what is written to a file is what was given.
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
});

it("says of tickets that changed hands what either side knows, and nothing from before", async () => {
  const ctx = await openWorld(new Date("2028-07-18T15:30:00Z"));
  const { standing, actor } = await fillAccount(ctx, database.ownerDb, { email: "to@example.test", name: "To" });
  const giver = await registerVisitor(ctx);
  const ticketIds = (await buy(ctx, giver, { kind: "duo" })).tickets.map(({ id }) => id);
  await (await makeDevice()).activate(ctx, giver, ticketIds);
  await handOver(ctx, { giver, receiver: { ...actor, email: "to@example.test" }, ticketIds });
  const [first = ""] = ticketIds;
  await offerTo(ctx, actor, { email: "friend@example.test", ticketIds: [first] });

  const data = await downloadAccountData(ctx, standing);
  const handedOver = { kind: "handed_over", epoch: 2, at: "2028-07-18T15:30:00.000Z" };
  expect(data["tickets"]).toMatchObject([
    { order: null, priceCents: null, history: [handedOver] },
    { order: null, priceCents: null, history: [handedOver] },
  ]);
  expect(data["handOvers"]).toHaveLength(3);
  expect(data["handOvers"]).toContainEqual(
    expect.objectContaining({ direction: "given", state: "offered", other: "friend@example.test", endedAt: null }),
  );
  expect(data["handOvers"]).toContainEqual(
    expect.objectContaining({ direction: "received", state: "accepted", other: "Camille Test" }),
  );
  expect(JSON.stringify(data)).not.toContain(giver.email);
  expect(JSON.stringify(data)).not.toContain(giver.accountId);
});

it("holds no secret, hash or key, in any form", async () => {
  const ctx = await openWorld();
  const person = await fillAccount(ctx, database.ownerDb, { email: "quiet@example.test", name: "Quiet" });
  const { tickets } = await buy(ctx, person.actor);
  const device = await makeDevice();
  await device.activate(
    ctx,
    person.actor,
    tickets.map(({ id }) => id),
  );
  const rows = await database.ownerDb
    .selectFrom("ticket_epoch")
    .select(["sealed_purchase_key", "pass_sha256"])
    .where("holder_account_id", "=", person.actor.accountId)
    .execute();
  const secrets = [
    ...person.secrets,
    ...rows.flatMap((row) => [row.sealed_purchase_key, row.pass_sha256 ?? row.sealed_purchase_key]),
    Buffer.from(device.publicKey, "base64url"),
  ];
  const said = JSON.stringify(await downloadAccountData(ctx, person.standing));
  expect(said).toContain("quiet@example.test");
  for (const bytes of secrets) {
    expect(bytes.length).toBeGreaterThan(15);
    for (const encoding of ["utf8", "hex", "base64", "base64url"] as const) {
      expect(said).not.toContain(bytes.toString(encoding).replace(/=+$/, ""));
    }
    expect(said).not.toContain([...bytes].join(","));
  }
});
