import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { homeGateOf } from "@tessera/pass";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import {
  buy,
  fetchList,
  gatesOf,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../testing/index.ts";
import { listTickets } from "./list-tickets.ts";

let database: TestDatabase;
let world: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await ensureOrganiserKeys(world.ctx);
});
afterAll(() => database.drop());

test("a holder is sent to the gate that a cut-off tablet takes for the ticket's home", async () => {
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 50 }]);
  const buyer = await registerVisitor(world.ctx);
  await buy(world.ctx, buyer, { kind: "duo" });
  await buy(world.ctx, buyer, { kind: "duo" });
  const { competitionSessionId, gates } = await gatesOf(world.ctx, "ATH01");
  // What tablets have: the gates of the list's head.
  const list = await fetchList(world.ctx, { competitionSessionId });
  const tickets = await listTickets(world.ctx, buyer, {});
  expect(tickets).toHaveLength(4);
  for (const { id: ticketId, zone, gate } of tickets) {
    expect(gate?.code).toBe(homeGateOf({ ticketId, zone }, list.gates)?.code);
    expect(gates.map(({ code, name }) => ({ code, name }))).toContainEqual(gate);
  }
});
