import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import { refundTickets } from "../../sales/refund-tickets.ts";
import {
  buy,
  decideByList,
  fetchList,
  handOver,
  makeDevice,
  registerAccount,
  registerVisitor,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";
import { blockTicket } from "../../tickets/block-ticket.ts";
import { listGateCompetitionSessions } from "../list-gate-competition-sessions.ts";

let database: TestDatabase;
let world: TestContext;
let buyer: Actor;
let admin: Actor;
let competitionSessionId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, policy: { gatesAlwaysOpen: true } });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
  admin = await registerVisitor(world.ctx, "admin");
  const [session] = await listGateCompetitionSessions(world.ctx);
  competitionSessionId = session?.competitionSession.id ?? "";
});
afterAll(() => database.drop());
beforeEach(async () => {
  // No test is given the reading of the one before.
  world.clock.advance(2000);
  buyer = await registerVisitor(world.ctx);
});

type Sold = { readonly orderId: string; readonly ticketId: string };
const note = "Sold by a stranger";

/** What happens to a ticket whose code is good on a tablet, and why that tablet refuses it by its next list. */
const ends: readonly [what: string, happen: (sold: Sold) => Promise<unknown>, reason: string][] = [
  [
    "paid back",
    ({ orderId, ticketId }) =>
      refundTickets(world.ctx, admin, { orderId, ticketIds: [ticketId], note, idempotencyKey: randomUUID() }),
    "revoked",
  ],
  ["blocked", ({ ticketId }) => blockTicket(world.ctx, admin, { ticketId, note }), "blocked"],
  [
    "moved to another device",
    async ({ ticketId }) => (await makeDevice()).activate(world.ctx, buyer, [ticketId]),
    "superseded",
  ],
  [
    "handed over",
    async ({ ticketId }) => {
      const { id: accountId, ...receiver } = await registerAccount(world.ctx, "visitor");
      const to = { ...buyer, ...receiver, accountId };
      return handOver(world.ctx, { giver: buyer, receiver: to, ticketIds: [ticketId] });
    },
    "superseded",
  ],
];

test.each(ends)("a ticket that was %s is refused by the next list, without a network", async (_, happen, reason) => {
  const { order, tickets } = await buy(world.ctx, buyer);
  const ticketId = tickets[0]?.id ?? "";
  const device = await makeDevice();
  const [pass] = await device.activate(world.ctx, buyer, [ticketId]);
  const fetch = () => fetchList(world.ctx, { competitionSessionId });
  const show = () => device.show(pass?.pass ?? "", world.ctx.clock());
  const before = await fetch();
  expect(await decideByList(before, await show(), world.ctx.clock())).toMatchObject({ outcome: "admit" });

  await happen({ orderId: order.id, ticketId });
  world.clock.advance(2000);
  const after = await fetch();
  expect(after.number).toBeGreaterThan(before.number);
  expect(await decideByList(after, await show(), world.ctx.clock())).toEqual({ outcome: "refuse", reason });
});
