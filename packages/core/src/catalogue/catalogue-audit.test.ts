import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registerVisitor } from "../testing/accounts.ts";
import { stockProgramme } from "../testing/catalogue.ts";
import { testContext } from "../testing/test-context.ts";
import { publishOffer, withdrawOffer } from "./change-offer-state.ts";
import { createOffer } from "./create-offer.ts";
import { listSeatPools } from "./list-seat-pools.ts";
import { updateOffer } from "./update-offer.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const entries = (action: string) =>
  database.db
    .selectFrom("audit_entry")
    .select(["action", "actor_id", "subject_id", "details"])
    .where("action", "like", action)
    .orderBy("action")
    .execute();

test("who changes the catalogue is written down, and only what has changed", async () => {
  const { ctx } = testContext({ db: database.db });
  await stockProgramme(ctx, [{}]);
  await stockProgramme(ctx, [{}]);
  const counts = { venuesCreated: 1, competitionSessionsCreated: 1, seatPoolsCreated: 1, offersCreated: 3 };
  expect(await entries("programme.%")).toEqual([
    {
      action: "programme.imported",
      actor_id: null,
      subject_id: null,
      details: { gamesId: ctx.policy.gamesId, ...counts },
    },
  ]);

  const [first, second] = [await registerVisitor(ctx, "admin"), await registerVisitor(ctx, "admin")];
  const [pool] = await listSeatPools(ctx, { search: "" });
  const terms = { name: null, priceCents: 10_00, salesOpenAt: null, salesCloseAt: null, maxPerOrder: 2 };
  const offer = { ...terms, kind: "group" as const, persons: 9, seatPoolIds: [pool?.seatPoolId ?? ""] };
  const { id: offerId } = await createOffer(ctx, first, offer);
  const opensAt = "2028-01-02T03:04:00+01:00";
  await updateOffer(ctx, second, { ...terms, priceCents: 12_50, salesOpenAt: opensAt, offerId, version: 1 });
  await publishOffer(ctx, first, { offerId, version: 2 });
  await expect(publishOffer(ctx, second, { offerId, version: 3 })).rejects.toMatchObject({ code: "conflict" });
  await withdrawOffer(ctx, second, { offerId, version: 3 });
  const by = ({ accountId }: { accountId: string }, action: string, details: object) => ({
    action,
    actor_id: accountId,
    subject_id: offerId,
    details,
  });
  expect(await entries("offer.%")).toEqual([
    by(first, "offer.created", {}),
    by(first, "offer.published", { version: 3 }),
    by(second, "offer.updated", {
      version: 2,
      priceCentsFrom: 10_00,
      priceCentsTo: 12_50,
      salesOpenAtTo: "2028-01-02T02:04:00.000Z",
    }),
    by(second, "offer.withdrawn", { version: 4 }),
  ]);
});
