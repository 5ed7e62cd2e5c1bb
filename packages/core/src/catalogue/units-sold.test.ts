import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import { foldSales } from "../sales/fold-sales.ts";
import { refundTickets } from "../sales/refund-tickets.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { buy } from "../testing/purchases.ts";
import { testContext, type TestContext } from "../testing/test-context.ts";
import { publishOffer } from "./change-offer-state.ts";
import { createOffer } from "./create-offer.ts";
import { readOffer } from "./list-offers.ts";
import { listSeatPools } from "./list-seat-pools.ts";

let database: TestDatabase;
let world: TestContext;
let admin: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  const { ctx } = world;
  await stockProgramme(ctx, [{}, { code: "ATH02" }]);
  admin = await registerVisitor(ctx, "admin");
  const { id: offerId, version } = await createOffer(ctx, admin, {
    name: { fr: "Deux finales", en: "Two finals" },
    priceCents: 100_00,
    salesOpenAt: null,
    salesCloseAt: null,
    maxPerOrder: 5,
    kind: "group",
    persons: 3,
    seatPoolIds: (await listSeatPools(ctx, { search: "" })).map(({ seatPoolId }) => seatPoolId),
  });
  await publishOffer(ctx, admin, { offerId, version });
});
afterAll(() => database.drop());

test.each([
  { what: "a duo", kind: "duo" as const, perUnit: 2 },
  { what: "a package", kind: "group" as const, perUnit: 6 },
])("of $what, what was given back is not sold, folded or not; a unit of which a ticket is left is", async (row) => {
  const { ctx } = world;
  const { order, tickets } = await buy(ctx, await registerVisitor(ctx), { kind: row.kind, quantity: 2 });
  const offerId = order.lines[0]?.offerId ?? "";
  const unitsSold = async () => (await readOffer(ctx, { offerId })).unitsSold;
  const giveBack = (from: number, to: number) =>
    refundTickets(ctx, admin, {
      orderId: order.id,
      ticketIds: tickets.slice(from, to).map(({ id }) => id),
      idempotencyKey: randomUUID(),
      note: "as asked",
    });
  expect(tickets).toHaveLength(2 * row.perUnit);
  expect(await unitsSold()).toBe(2);
  await giveBack(0, 1);
  expect(await unitsSold()).toBe(2);
  await foldSales(ctx);
  await giveBack(1, row.perUnit);
  expect(await unitsSold()).toBe(1);
  await foldSales(ctx);
  await giveBack(row.perUnit, 2 * row.perUnit);
  expect(await unitsSold()).toBe(0);
});
