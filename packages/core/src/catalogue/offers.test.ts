import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CodedError } from "../errors.ts";
import type { Actor } from "../ports.ts";
import { readOrder } from "../sales/read-orders.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { buy, reserveOne } from "../testing/purchases.ts";
import { testContext } from "../testing/test-context.ts";
import { publishOffer, withdrawOffer } from "./change-offer-state.ts";
import { createOffer } from "./create-offer.ts";
import { type AdminOfferFacts, listOffers, readOffer } from "./list-offers.ts";
import { listSeatPools } from "./list-seat-pools.ts";
import { readCompetitionSession, readProgramme } from "./read-programme.ts";
import { updateOffer } from "./update-offer.ts";

let database: TestDatabase;
let context: ReturnType<typeof testContext>;
let admin: Actor;

const rows = [
  { category: "A" as const },
  { category: "B" as const },
  {
    code: "SWM01",
    disciplineCode: "SWM",
    discipline: "Swimming",
    events: "100% relay_mix",
    venueCode: "POO",
    venue: "Long Beach Pool",
    startsAt: new Date("2028-07-19T16:00:00Z"),
    endsAt: new Date("2028-07-19T18:00:00Z"),
  },
];

beforeAll(async () => {
  database = await createTestDatabase();
  context = testContext({ db: database.db });
  admin = await registerVisitor(context.ctx, "admin");
  await stockProgramme(context.ctx, rows);
});
afterAll(() => database.drop());

const everything = { page: 1, pageSize: 100, search: "" };

const terms = {
  name: { fr: "Groupe scolaire", en: "School group" },
  priceCents: 210_05,
  salesOpenAt: null,
  salesCloseAt: null,
  maxPerOrder: 2,
};

async function poolOf(search: string): Promise<string> {
  const [pool] = await listSeatPools(context.ctx, { search });
  if (pool === undefined) throw new Error(`no seat pool for ${search}`);
  return pool.seatPoolId;
}

async function createGroup(search = "ATH01"): Promise<AdminOfferFacts> {
  return createOffer(context.ctx, admin, { ...terms, seatPoolIds: [await poolOf(search)], kind: "group", persons: 12 });
}

async function catalogueVersion(): Promise<number> {
  const games = await database.db.selectFrom("games").select("catalogue_version").executeTakeFirstOrThrow();
  return games.catalogue_version;
}

/** The offers of a competition session as everybody sees them, once the catalogue in memory is due again. */
async function shownOffers(code: string) {
  context.clock.advance(1000);
  const { categories } = await readCompetitionSession(context.ctx, { code });
  return categories.flatMap(({ offers }) => offers);
}

const refusal = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof CodedError ? { code: error.code, details: error.details } : error;
};

test("offers are listed in the order of the timetable, a page at a time, each exactly once", async () => {
  const all = await listOffers(context.ctx, everything);
  expect(all.total).toBe(9);
  expect(
    all.offers.map(({ entries, persons }) => `${entries[0]?.competitionSession.code}${entries[0]?.category}${persons}`),
  ).toEqual(["SWM01A1", "SWM01A2", "SWM01A4", "ATH01A1", "ATH01A2", "ATH01A4", "ATH01B1", "ATH01B2", "ATH01B4"]);
  const pages = await Promise.all([1, 2, 3].map((page) => listOffers(context.ctx, { search: "", page, pageSize: 4 })));
  expect(pages.flatMap(({ offers }) => offers)).toEqual(all.offers);
  // The total is known on a page past the end too, so that the dashboard can lead back.
  expect(await listOffers(context.ctx, { search: "", page: 9, pageSize: 4 })).toEqual({ total: 9, offers: [] });
});

test.for([
  { search: "swm01", found: 3 },
  { search: "long POOL", found: 3 },
  { search: "Discus athletics", found: 6 },
  { search: "  coliseum  ", found: 6 },
  // Signs that LIKE would take for anything.
  { search: "100%", found: 3 },
  { search: "0%_", found: 0 },
  { search: "y_m", found: 3 },
  { search: "relay%mix", found: 0 },
  { search: "\\", found: 0 },
  { search: "Swimming Athletics", found: 0 },
])("searching for “$search” finds $found offers", async ({ search, found }) => {
  expect((await listOffers(context.ctx, { ...everything, search })).total).toBe(found);
});

test("filters by state and discipline go together with the search", async () => {
  const filtered = { ...everything, state: "published" as const, disciplineCode: "ATH" };
  expect((await listOffers(context.ctx, filtered)).total).toBe(6);
  expect((await listOffers(context.ctx, { ...filtered, state: "withdrawn" })).total).toBe(0);
  expect((await listOffers(context.ctx, { ...filtered, search: "SWM01" })).total).toBe(0);
});

test("seat pools are found by their competition session, with how full they are", async () => {
  const pools = await listSeatPools(context.ctx, { search: "ath" });
  expect(pools.map(({ category, capacity, taken }) => ({ category, capacity, taken }))).toEqual([
    { category: "A", capacity: 100, taken: 0 },
    { category: "B", capacity: 100, taken: 0 },
  ]);
  expect(await listSeatPools(context.ctx, { search: "nowhere" })).toEqual([]);
});

test("a new offer is a draft that nobody sees; published it is in the shop, withdrawn it is gone", async () => {
  const before = (await shownOffers("ATH01")).length;
  const draft = await createGroup();
  expect(draft).toMatchObject({ ...terms, state: "draft", version: 1, unitsSold: 0, kind: "group", persons: 12 });
  expect(await shownOffers("ATH01")).toHaveLength(before);

  const published = await publishOffer(context.ctx, admin, { offerId: draft.id, version: draft.version });
  expect(published).toMatchObject({ state: "published", version: 2 });
  expect(await shownOffers("ATH01")).toContainEqual(
    expect.objectContaining({ id: draft.id, name: terms.name, priceCents: 210_05, persons: 12 }),
  );

  const withdrawn = await withdrawOffer(context.ctx, admin, { offerId: draft.id, version: published.version });
  expect(withdrawn).toMatchObject({ state: "withdrawn", version: 3 });
  expect(await shownOffers("ATH01")).toHaveLength(before);

  const again = await publishOffer(context.ctx, admin, { offerId: draft.id, version: withdrawn.version });
  expect(again.state).toBe("published");
  await withdrawOffer(context.ctx, admin, { offerId: draft.id, version: again.version });
});

test("the price that the programme shows follows the cheapest offer", async () => {
  const cheap = await createGroup("SWM01");
  const { version } = await updateOffer(context.ctx, admin, {
    ...terms,
    offerId: cheap.id,
    version: cheap.version,
    priceCents: 12_00,
  });
  const published = await publishOffer(context.ctx, admin, { offerId: cheap.id, version });
  context.clock.advance(1000);
  const shown = async () =>
    (await readProgramme(context.ctx)).competitionSessions.find(({ code }) => code === "SWM01")?.fromCents;
  expect(await shown()).toBe(1_00);
  await withdrawOffer(context.ctx, admin, { offerId: cheap.id, version: published.version });
  context.clock.advance(1000);
  expect(await shown()).toBe(120_00);
});

test("only draft → published → withdrawn → published is allowed", async () => {
  const draft = await createGroup();
  const change = { offerId: draft.id, version: 1 };
  expect(await refusal(withdrawOffer(context.ctx, admin, change))).toEqual({
    code: "conflict",
    details: { from: "draft", to: "withdrawn" },
  });
  await publishOffer(context.ctx, admin, change);
  expect(await refusal(publishOffer(context.ctx, admin, { ...change, version: 2 }))).toEqual({
    code: "conflict",
    details: { from: "published", to: "published" },
  });
});

test("of ten admins who edit at once exactly one wins, and the others learn the version there is now", async () => {
  const { id: offerId, version } = await createGroup();
  const raisedFrom = await catalogueVersion();
  const results = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      updateOffer(context.ctx, admin, { ...terms, offerId, version, priceCents: 100_00 + index }).then(
        (offer) => ({ won: offer.priceCents }),
        (error: unknown) => error,
      ),
    ),
  );
  const winners = results.flatMap((result) =>
    typeof result === "object" && result !== null && "won" in result ? [result.won] : [],
  );
  expect(winners).toHaveLength(1);
  for (const result of results.filter((one) => one instanceof Error)) {
    expect(result).toMatchObject({ code: "conflict", details: { version: version + 1 } });
  }
  const { offers } = await listOffers(context.ctx, everything);
  expect(offers.find(({ id }) => id === offerId)).toMatchObject({ version: version + 1, priceCents: winners[0] });
  expect(await catalogueVersion()).toBe(raisedFrom + 1);
});

test("publishing what somebody else has edited since is a conflict", async () => {
  const { id: offerId, version } = await createGroup();
  await updateOffer(context.ctx, admin, { ...terms, offerId, version, priceCents: 1 });
  expect(await refusal(publishOffer(context.ctx, admin, { offerId, version }))).toEqual({
    code: "conflict",
    details: { version: version + 1 },
  });
});

test("an unknown offer or seat pool is not found", async () => {
  const offerId = "0198a3f0-0000-7000-8000-000000000000";
  const notFound = { code: "not_found", details: {} };
  expect(await refusal(readOffer(context.ctx, { offerId }))).toEqual(notFound);
  expect(await refusal(publishOffer(context.ctx, admin, { offerId, version: 1 }))).toEqual(notFound);
  expect(await refusal(updateOffer(context.ctx, admin, { ...terms, offerId, version: 1 }))).toEqual(notFound);
  expect(
    await refusal(createOffer(context.ctx, admin, { ...terms, seatPoolIds: [offerId], kind: "solo", persons: 1 })),
  ).toEqual(notFound);
});

test("an edited offer keeps its sales window, sells only within it, and no later import takes it back", async () => {
  const solo = (await listOffers(context.ctx, { ...everything, search: "SWM01" })).offers.find(
    ({ kind }) => kind === "solo",
  );
  if (solo === undefined) throw new Error("no solo offer");
  const opensIn = (minutes: number) => new Date(context.ctx.clock().getTime() + minutes * 60_000);
  const salesOpenAt = opensIn(60);
  await updateOffer(context.ctx, admin, {
    ...terms,
    name: null,
    offerId: solo.id,
    version: solo.version,
    priceCents: 99_99,
    salesOpenAt: salesOpenAt.toISOString(),
  });
  expect((await shownOffers("SWM01")).map(({ id }) => id)).not.toContain(solo.id);
  context.clock.advance(61 * 60_000);
  expect(await shownOffers("SWM01")).toContainEqual(expect.objectContaining({ id: solo.id, priceCents: 99_99 }));

  await stockProgramme(
    context.ctx,
    rows.map((row) => ({ ...row, priceCents: 150_00 })),
  );
  const { offers } = await listOffers(context.ctx, { ...everything, search: "SWM01" });
  expect(offers.find(({ id }) => id === solo.id)).toMatchObject({ priceCents: 99_99, salesOpenAt });
  expect(offers.find(({ kind }) => kind === "duo")).toMatchObject({ priceCents: 300_00 });
});

test("units sold are those of paid orders, whatever else is held", async () => {
  const buyer = await registerVisitor(context.ctx);
  context.clock.advance(1000);
  await buy(context.ctx, buyer, { kind: "duo", quantity: 2 });
  await reserveOne(context.ctx, buyer, { kind: "duo", quantity: 1 });
  const { offers } = await listOffers(context.ctx, { ...everything, search: "ATH01" });
  const duo = offers.find(({ kind, entries }) => kind === "duo" && entries[0]?.category === "A");
  expect(duo?.unitsSold).toBe(2);
  expect(duo?.entries[0]?.taken).toBe(6);
});

test("a new price is for new orders: what is held keeps its own, and a basket with the old one is told", async () => {
  const buyer = await registerVisitor(context.ctx);
  const shown = { code: "ATH01", category: "B" } as const;
  context.clock.advance(1000);
  const held = await reserveOne(context.ctx, buyer, shown);
  const offerId = held.lines[0]?.offerId ?? "";
  const { version, priceCents } = await readOffer(context.ctx, { offerId });
  await updateOffer(context.ctx, admin, { ...terms, name: null, offerId, version, priceCents: priceCents + 1 });
  // The shop still has the catalogue in memory, as any basket may.
  expect(await refusal(reserveOne(context.ctx, buyer, shown))).toEqual({
    code: "price_changed",
    details: { offerId, priceCents: priceCents + 1 },
  });
  expect((await readOrder(context.ctx, buyer, { orderId: held.id })).totalCents).toBe(priceCents);
  context.clock.advance(1000);
  expect((await reserveOne(context.ctx, buyer, shown)).totalCents).toBe(priceCents + 1);
});
