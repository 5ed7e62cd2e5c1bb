import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../ports.ts";
import { changeSalesSettings } from "../sales/change-sales-settings.ts";
import { readSalesSettings } from "../sales/sales-settings.ts";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { programmeRow } from "../testing/programme-rows.ts";
import { testContext, type TestContext } from "../testing/test-context.ts";
import { selectCatalogueHead } from "./catalogue.queries.ts";
import { publishOffer, withdrawOffer } from "./change-offer-state.ts";
import { createOffer } from "./create-offer.ts";
import { listOffers } from "./list-offers.ts";
import type { ProgrammeFileRow } from "./programme-file.ts";
import { updateOffer } from "./update-offer.ts";

let database: TestDatabase;
let world: TestContext;
let admin: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  admin = await registerVisitor(world.ctx, "admin");
  await stockProgramme(world.ctx, [{}]);
});
afterAll(() => database.drop());

const version = async () => (await selectCatalogueHead(world.ctx.db))?.version ?? 0;

async function newest() {
  const { offers } = await listOffers(world.ctx, { search: "", page: 1, pageSize: 100 });
  const offer = offers.find(({ name }) => name !== null) ?? offers[0];
  if (offer === undefined) throw new Error("no offer");
  return offer;
}

const terms = {
  name: { fr: "Groupe", en: "Group" },
  priceCents: 50_00,
  salesOpenAt: null,
  salesCloseAt: null,
  maxPerOrder: 2,
};

/** The programme as it is, but for one thing. */
const imported = (other: Partial<ProgrammeFileRow>) => () => stockProgramme(world.ctx, [other]);
const { startsAt, endsAt } = programmeRow();
const later = (date: Date) => new Date(date.getTime() + 3_600_000);

// Terms of offers are kept in memory for as long as the version is the same: what does not raise it is sold wrongly.
test.each<[string, () => Promise<unknown>]>([
  ["a price in the programme", imported({ priceCents: 130_00 })],
  ["a competition session that is moved", imported({ startsAt: later(startsAt), endsAt: later(endsAt) })],
  ["one that becomes a ceremony", imported({ disciplineCode: "CER", discipline: "Opening Ceremony" })],
  ["its venue", imported({ venueCode: "POO", venue: "Long Beach Pool", city: "Long Beach" })],
  ["the name of a venue", imported({ venue: "Another name" })],
  ["a category more", () => stockProgramme(world.ctx, [{}, { category: "B" }])],
  [
    "an offer that is made",
    async () => {
      const [entry] = (await newest()).entries;
      const seatPoolIds = [entry?.seatPoolId ?? ""];
      await createOffer(world.ctx, admin, { ...terms, kind: "group", persons: 5, seatPoolIds });
    },
  ],
  ["one that is published", async () => publishOffer(world.ctx, admin, await named())],
  ["its terms", async () => updateOffer(world.ctx, admin, { ...terms, ...(await named()), priceCents: 60_00 })],
  ["one that is withdrawn", async () => withdrawOffer(world.ctx, admin, await named())],
])("the catalogue's version is raised by %s", async (_what, change) => {
  const before = await version();
  await change();
  expect(await version()).toBeGreaterThan(before);
});

async function named(): Promise<{ offerId: string; version: number }> {
  const offer = await newest();
  expect(offer.name).not.toBeNull();
  return { offerId: offer.id, version: offer.version };
}

test("and by nothing else: a programme that is the same leaves what is in memory, and limits are not kept there", async () => {
  await stockProgramme(world.ctx, [{}]);
  const before = await version();
  await stockProgramme(world.ctx, [{}]);
  const settings = await readSalesSettings(world.ctx);
  await changeSalesSettings(world.ctx, admin, { ...settings, limits: { ...settings.limits, games: 29 } });
  expect(await version()).toBe(before);
});
