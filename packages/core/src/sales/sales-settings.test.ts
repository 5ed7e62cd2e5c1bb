import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changeRole } from "../accounts/staff/change-role.ts";
import type { Actor } from "../ports.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { buy, reserveOne } from "../testing/purchases.ts";
import { testContext } from "../testing/test-context.ts";
import { outcomesOf } from "../testing/tries.ts";
import { changeSalesSettings } from "./change-sales-settings.ts";
import { readSalesSettings } from "./sales-settings.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
let admin: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await sql`truncate games, venue, competition_session cascade`.execute(database.ownerDb);
  context = testContext({ db: database.db });
  admin = await registerVisitor(context.ctx, "admin");
  await stockProgramme(context.ctx, [{ priceCents: 100_00 }]);
});

const change = (by: Actor, settings: Parameters<typeof changeSalesSettings>[2]) =>
  changeSalesSettings(context.ctx, by, settings);

test("they begin as at Paris 2024, with the tax of France on entry to sports", async () => {
  expect(await readSalesSettings(context.ctx)).toEqual({
    limits: { games: 30, competitionSession: 6, ceremony: 4 },
    taxRateBp: 550,
    version: 1,
  });
});

test("a change counts for the next reservation and the next sale, and not for what was sold", async () => {
  const before = await readSalesSettings(context.ctx);
  const buyer = await registerVisitor(context.ctx);
  const taxes = () => database.db.selectFrom("ticket").select(["price_cents", "tax_cents"]).orderBy("id").execute();
  await buy(context.ctx, buyer);
  const changed = { ...before, limits: { ...before.limits, competitionSession: 2 }, taxRateBp: 2000 };
  expect(await change(admin, changed)).toEqual({ ...changed, version: 2 });
  context.clock.advance(1000);
  await buy(context.ctx, buyer);
  expect(await taxes()).toEqual([
    { price_cents: 100_00, tax_cents: 5_21 },
    { price_cents: 100_00, tax_cents: 16_67 },
  ]);
  await expect(reserveOne(context.ctx, buyer)).rejects.toMatchObject({ code: "limit_reached" });
  const entries = await database.db
    .selectFrom("audit_entry")
    .select(["actor_id", "details"])
    .where("action", "=", "sales_settings.changed")
    .where("actor_id", "=", admin.accountId)
    .execute();
  const tax = { taxRateBpFrom: 550, taxRateBpTo: 2000 };
  const details = { version: 2, ...tax, competitionSessionFrom: 6, competitionSessionTo: 2 };
  expect(entries).toEqual([{ actor_id: admin.accountId, details }]);
});

test("race: of many who saw the same version, one changes it", async () => {
  const settings = await readSalesSettings(context.ctx);
  const tries = Array.from({ length: 8 }, (_, index) => change(admin, { ...settings, taxRateBp: index }));
  expect(await outcomesOf(tries)).toEqual({ ok: 1, conflict: 7 });
  await expect(change(admin, settings)).rejects.toMatchObject({ code: "conflict", details: { version: 2 } });
});

test("who is no admin any more changes nothing, and before the first programme there is nothing", async () => {
  const settings = await readSalesSettings(context.ctx);
  const other = await registerVisitor(context.ctx, "admin");
  await changeRole(context.ctx, admin, { accountId: other.accountId, role: "staff" });
  await expect(change(other, settings)).rejects.toMatchObject({ code: "forbidden" });
  await sql`truncate games cascade`.execute(database.ownerDb);
  await expect(readSalesSettings(context.ctx)).rejects.toMatchObject({ code: "not_found" });
  await expect(change(admin, settings)).rejects.toMatchObject({ code: "not_found" });
});
