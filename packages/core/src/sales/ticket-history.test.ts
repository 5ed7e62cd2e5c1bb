import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listGateCompetitionSessions } from "../gate/list-gate-competition-sessions.ts";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import {
  buy,
  handOver,
  makeDevice,
  offerTo,
  registerVisitor,
  scanOnline,
  stockProgramme,
  type TestContext,
  testContext,
} from "../testing/index.ts";
import { blockTicket, unblockTicket } from "../tickets/block-ticket.ts";
import { refuseHandOvers, takeBackHandOvers } from "../tickets/hand-overs/end-hand-overs.ts";
import { nameCompanion } from "../tickets/name-companion.ts";
import { readAdminOrder } from "./read-admin-order.ts";
import { searchOrders } from "./search-orders.ts";

let database: TestDatabase;
let world: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01" }]);
});
afterAll(() => database.drop());

test("the whole way of a ticket, from its buyer to the gate, with whose it is now; and it is found by its receiver", async () => {
  const { ctx, clock } = world;
  const admin = await registerVisitor(ctx, "admin");
  const [buyer, receiver] = [await registerVisitor(ctx), await registerVisitor(ctx)];
  const { email } = receiver;
  const { order, tickets } = await buy(ctx, buyer, { kind: "duo" });
  const [ticketId = "", otherId = ""] = tickets.map(({ id }) => id);
  const find = async (search: string) =>
    (await searchOrders(ctx, { search, page: 1, pageSize: 25 })).orders.map(({ id }) => id);
  expect(await find(email)).toEqual([]);

  const device = await makeDevice();
  const later = () => clock.advance(60_000);
  const steps = [
    () => device.activate(ctx, buyer, [ticketId]),
    async () => takeBackHandOvers(ctx, buyer, { handOverIds: await offer() }),
    async () => refuseHandOvers(ctx, receiver, { handOverIds: await offer() }),
    () => handOver(ctx, { giver: buyer, receiver, ticketIds: [ticketId] }),
    () => nameCompanion(ctx, receiver, { ticketId, name: "Zoé" }),
    () => blockTicket(ctx, admin, { ticketId, note: "Asked for" }),
    () => unblockTicket(ctx, admin, { ticketId }),
  ];
  const offer = () => offerTo(ctx, buyer, { email, ticketIds: [ticketId] });
  for (const step of steps) {
    later();
    await step();
  }
  later();
  const [pass] = await device.activate(ctx, receiver, [ticketId]);
  clock.set(new Date("2028-07-20T15:30:00Z"));
  const [session] = await listGateCompetitionSessions(ctx);
  const gate = session?.gates[0];
  const scan = { competitionSessionId: session?.competitionSession.id ?? "", gateId: gate?.id ?? "" };
  const code = await device.show(pass?.pass ?? "", ctx.clock());
  await scanOnline(ctx, { ...scan, code });

  const { tickets: seen } = await readAdminOrder(ctx, { orderId: order.id });
  const told = seen.find(({ id }) => id === ticketId);
  expect(told?.holder).toMatchObject({ accountId: receiver.accountId, email });
  const parties = { from: buyer.displayName, to: email, gate: null };
  const alone = { from: null, to: null, gate: null };
  expect(told?.history.map(({ at: _at, ...step }) => step)).toEqual([
    { step: "issued", ...alone },
    { step: "activated", ...alone },
    { step: "offered", ...parties },
    { step: "taken_back", ...parties },
    { step: "offered", ...parties },
    { step: "refused", ...parties },
    { step: "offered", ...parties },
    { step: "handed_over", ...parties },
    { step: "named", ...alone },
    { step: "blocked", ...alone },
    { step: "unblocked", ...alone },
    { step: "activated", ...alone },
    { step: "admitted", ...alone, gate: gate?.name },
  ]);
  const other = seen.find(({ id }) => id === otherId);
  expect(other).toMatchObject({ holder: { accountId: buyer.accountId }, history: [{ step: "issued" }] });
  expect(await find(email.slice(0, -3))).toEqual([order.id]);
});
