import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import { foldSales } from "../sales/fold-sales.ts";
import { listSalesByCompetitionSession, listSalesByOffer } from "../sales/sales-figures.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { buy, reserveOne } from "../testing/purchases.ts";
import { testContext } from "../testing/test-context.ts";
import { publishOffer, withdrawOffer } from "./change-offer-state.ts";
import { createOffer } from "./create-offer.ts";
import { type AdminOfferFacts, listOffers, readOffer } from "./list-offers.ts";
import { listSeatPools } from "./list-seat-pools.ts";
import { readCompetitionSession } from "./read-programme.ts";
import { updateOffer } from "./update-offer.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
let admin: Actor;
let finals: AdminOfferFacts;

const swimming = {
  code: "SWM01",
  disciplineCode: "SWM",
  discipline: "Swimming",
  venueCode: "POO",
  venue: "Pool",
  startsAt: new Date("2028-07-19T16:00:00Z"),
  endsAt: new Date("2028-07-19T18:00:00Z"),
};
const terms = {
  name: { fr: "Finales", en: "Finals" },
  priceCents: 100_01,
  salesOpenAt: null,
  salesCloseAt: null,
  maxPerOrder: 2,
};

beforeAll(async () => {
  database = await createTestDatabase();
  context = testContext({ db: database.db });
  admin = await registerVisitor(context.ctx, "admin");
  await stockProgramme(context.ctx, [{ capacity: 20 }, { category: "B" }, { ...swimming, capacity: 9 }]);
  const seatPoolIds = [await poolOf("ATH01"), await poolOf("SWM01")];
  const draft = await createOffer(context.ctx, admin, { ...terms, seatPoolIds, kind: "group", persons: 3 });
  finals = await publishOffer(context.ctx, admin, { offerId: draft.id, version: draft.version });
});
afterAll(() => database.drop());

async function poolOf(search: string, category = "A"): Promise<string> {
  const pools = await listSeatPools(context.ctx, { search });
  return pools.find((pool) => pool.category === category)?.seatPoolId ?? "";
}

/** The package as the shop shows it in a competition session, once the catalogue in memory is due again. */
async function shownIn(code: string) {
  context.clock.advance(1000);
  const { categories } = await readCompetitionSession(context.ctx, { code });
  return categories.flatMap(({ offers }) => offers).find(({ id }) => id === finals.id);
}

const takenIn = async (code: string) => (await listSeatPools(context.ctx, { search: code }))[0]?.taken;
const wanted = { kind: "group" } as const;

test("a package stands among the offers with all that it lets into, and is found by each of them", async () => {
  expect(finals.entries.map(({ competitionSession, category }) => [competitionSession.code, category])).toEqual([
    ["SWM01", "A"],
    ["ATH01", "A"],
  ]);
  for (const search of ["ATH01", "SWM01", "finales"]) {
    const { offers } = await listOffers(context.ctx, { page: 1, pageSize: 100, search });
    expect(offers).toContainEqual(finals);
  }
});

test("the shop shows it in each competition session, with the others that it lets into", async () => {
  const inAthletics = await shownIn("ATH01");
  expect(inAthletics?.alsoIn.map(({ competitionSession, category }) => [competitionSession.code, category])).toEqual([
    ["SWM01", "A"],
  ]);
  expect((await shownIn("SWM01"))?.alsoIn.map(({ competitionSession }) => competitionSession.code)).toEqual(["ATH01"]);
  const { categories } = await readCompetitionSession(context.ctx, { code: "ATH01" });
  const standard = categories.flatMap(({ offers }) => offers).filter(({ id }) => id !== finals.id);
  expect(standard.length).toBeGreaterThan(0);
  for (const offer of standard) expect(offer.alsoIn).toEqual([]);
});

test("two pools of one competition session are no package", async () => {
  const seatPoolIds = [await poolOf("ATH01"), await poolOf("ATH01", "B")];
  const creating = createOffer(context.ctx, admin, { ...terms, seatPoolIds, kind: "solo", persons: 1 });
  await expect(creating).rejects.toMatchObject({ code: "conflict" });
  const unknown = [await poolOf("ATH01"), "0198a3f0-0000-7000-8000-000000000000"];
  await expect(
    createOffer(context.ctx, admin, { ...terms, seatPoolIds: unknown, kind: "solo", persons: 1 }),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("it keeps a name, whoever edits it", async () => {
  const edit = { ...terms, offerId: finals.id, version: finals.version };
  await expect(updateOffer(context.ctx, admin, { ...edit, name: null })).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect((await readOffer(context.ctx, { offerId: finals.id })).name).toEqual(terms.name);
});

test("it takes a seat for each person in each pool, and its price is split to its tickets to the cent", async () => {
  context.clock.advance(1000);
  const { tickets, order } = await buy(context.ctx, await registerVisitor(context.ctx), wanted);
  expect(order.totalCents).toBe(100_01);
  expect(tickets).toHaveLength(6);
  expect([await takenIn("ATH01"), await takenIn("SWM01")]).toEqual([3, 3]);
  const prices = await database.db
    .selectFrom("ticket")
    .select(["price_cents", "tax_cents"])
    .where("order_id", "=", order.id)
    .orderBy("price_cents")
    .execute();
  expect(prices.map((ticket) => ticket.price_cents)).toEqual([16_66, 16_67, 16_67, 16_67, 16_67, 16_67]);
  expect(prices.map((ticket) => ticket.tax_cents)).toEqual([87, 87, 87, 87, 87, 87]);

  for (const fold of [false, true]) {
    if (fold) await foldSales(context.ctx);
    const page = { search: "", page: 1, pageSize: 25, sort: "starts_at" as const };
    const byOffer = await listSalesByOffer(context.ctx, page);
    expect(byOffer.rows.map((row) => [row.competitionSession.code, row.tickets])).toEqual([
      ["SWM01", 3],
      ["ATH01", 3],
    ]);
    expect(byOffer.sum).toMatchObject({ tickets: 6, amountCents: 100_01 });
    const bySession = await listSalesByCompetitionSession(context.ctx, page);
    expect(bySession.sum).toMatchObject({ tickets: 6, amountCents: 100_01 });
  }
});

test("it is as scarce as its scarcest part, and takes seats in all of them or in none", async () => {
  // Of nine seats at the pool three are taken: two more packages, while at the stadium there would be room for five.
  expect((await shownIn("SWM01"))?.availability).toBe("few");
  await reserveOne(context.ctx, await registerVisitor(context.ctx), { ...wanted, quantity: 1 });
  const before = await takenIn("ATH01");
  const tooMany = reserveOne(context.ctx, await registerVisitor(context.ctx), { ...wanted, quantity: 2 });
  await expect(tooMany).rejects.toMatchObject({ code: "sold_out" });
  expect(await takenIn("ATH01")).toBe(before);
  await reserveOne(context.ctx, await registerVisitor(context.ctx), wanted);
  expect((await shownIn("ATH01"))?.availability).toBe("sold_out");
});

test("it is on sale only while every part of it is", async () => {
  expect(await shownIn("ATH01")).toBeDefined();
  const { version } = await readOffer(context.ctx, { offerId: finals.id });
  await withdrawOffer(context.ctx, admin, { offerId: finals.id, version });
  expect(await shownIn("ATH01")).toBeUndefined();
  await publishOffer(context.ctx, admin, { offerId: finals.id, version: version + 1 });
  expect(await shownIn("ATH01")).toBeDefined();
  context.clock.set(swimming.endsAt);
  expect(await shownIn("ATH01")).toBeUndefined();
});
