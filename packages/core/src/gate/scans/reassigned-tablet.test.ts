import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import {
  enrolTablet,
  entriesIn,
  gatesOf,
  openGateDay,
  registerVisitor,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { readKnownScanner, demandEnrolled } from "../scanners/read-enrolled-scanner.ts";
import { assignScanner } from "../scanners/settle-scanner.ts";
import { askScan } from "./ask-scan.ts";
import { takeRecords } from "./take-records.ts";

let database: TestDatabase;
let world: TestContext;
let day: Awaited<ReturnType<typeof openGateDay>>;
let tablet: Awaited<ReturnType<(typeof day)["tabletAt"]>>;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await ensureOrganiserKeys(world.ctx);
  day = await openGateDay(world.ctx, "ATH01");
  await openGateDay(world.ctx, "ATH02");
  await openGateDay(world.ctx, "ATH03");
});
afterAll(() => database.drop());
beforeEach(async () => {
  tablet = await day.tabletAt();
});

/** The same tablet, as it is known once it is for another gate and competition session. */
async function reassigned(code: string) {
  const { scannerId, name } = tablet.scanner;
  const { competitionSessionId, gates } = await gatesOf(world.ctx, code);
  const assignment = { name, gateId: gates[1]?.id ?? "", competitionSessionIds: [competitionSessionId] };
  await assignScanner(world.ctx, await registerVisitor(world.ctx, "supervisor"), { scannerId, ...assignment });
  const known = await readKnownScanner(world.ctx, { scannerId });
  if (known === undefined) throw new Error("a tablet that nobody knows");
  return demandEnrolled(known);
}

test("what a tablet scanned before it was assigned to something else is counted, however often that was", async () => {
  const { show, passages } = await day.activated();
  const record = await tablet.record(tablet.scanned(await show()));
  await reassigned("ATH02");
  await reassigned("ATH01");
  await reassigned("ATH02");
  const scanner = await reassigned("ATH03");
  const before = await entriesIn(database.db, tablet.competitionSessionId);
  expect(await takeRecords(world.ctx, scanner, { records: [record] })).toEqual({ taken: [1], refused: [] });
  expect(await passages()).toEqual(["in A"]);
  expect(await entriesIn(database.db, tablet.competitionSessionId)).toBe(before + 1);
});

test("a competition session that a tablet was never for is refused, whatever others were for", async () => {
  const { competitionSessionId, gates } = await gatesOf(world.ctx, "ATH02");
  const gateId = gates[0]?.id ?? "";
  const other = await enrolTablet(world.ctx, { gateId, competitionSessionIds: [competitionSessionId] });
  const supervisor = await registerVisitor(world.ctx, "supervisor");
  const { scannerId, name } = other.scanner;
  const third = await gatesOf(world.ctx, "ATH03");
  const competitionSessionIds = [third.competitionSessionId];
  await assignScanner(world.ctx, supervisor, { scannerId, name, gateId, competitionSessionIds });
  const record = await tablet.record(tablet.scanned("x", { competitionSessionId, gateId }));
  const scanner = await reassigned("ATH03");
  expect(await takeRecords(world.ctx, scanner, { records: [record] })).toEqual({
    taken: [],
    refused: [{ index: 0, why: "not_assigned" }],
  });
});

test("the server answers only for what a tablet is for now", async () => {
  const { show } = await day.activated();
  const { number, shiftId, at, competitionSessionId, gateId, direction, means, code, ticketId } = tablet.scanned(
    await show(),
  );
  const asked = { number, shiftId, at, competitionSessionId, gateId, direction, means, code, ticketId };
  await expect(askScan(world.ctx, await reassigned("ATH02"), asked)).rejects.toMatchObject({
    code: "competition_session_not_assigned",
  });
});
