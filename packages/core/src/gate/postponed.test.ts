import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import {
  buy,
  decideByList,
  fetchList,
  makeDevice,
  registerVisitor,
  scanOnline,
  stockProgramme,
  testContext,
  type TestContext,
} from "../testing/index.ts";
import { listTickets } from "../tickets/list-tickets.ts";
import { listGateCompetitionSessions } from "./list-gate-competition-sessions.ts";

let database: TestDatabase;
let world: TestContext;

const before = { startsAt: new Date("2028-07-20T16:00:00Z"), endsAt: new Date("2028-07-20T19:30:00Z") };
const nextDay = { startsAt: new Date("2028-07-21T16:00:00Z"), endsAt: new Date("2028-07-21T19:30:00Z") };
const dayBefore = { startsAt: new Date("2028-07-19T16:00:00Z"), endsAt: new Date("2028-07-19T19:30:00Z") };

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: new Date("2028-07-18T12:00:00Z") });
  await ensureOrganiserKeys(world.ctx);
});
afterAll(() => database.drop());

/** A pass that was made for the old time, and what the server and a tablet say of it at a moment. */
async function activated(code: string) {
  await stockProgramme(world.ctx, [{ code, ...before }]);
  world.clock.advance(1000);
  const buyer = await registerVisitor(world.ctx);
  const { order, tickets } = await buy(world.ctx, buyer, { code, quantity: 2 });
  const [first = "", second = ""] = tickets.map(({ id }) => id);
  const device = await makeDevice();
  const passes = await device.activate(world.ctx, buyer, [first, second]);
  const session = (await listGateCompetitionSessions(world.ctx)).find((one) => one.competitionSession.code === code);
  const competitionSessionId = session?.competitionSession.id ?? "";
  const gateId = session?.gates[0]?.id ?? "";
  const show = (ticketId: string, at: Date) =>
    device.show(passes.find((pass) => pass.ticketId === ticketId)?.pass ?? "", at);
  return {
    first,
    second,
    epochs: async () => (await listTickets(world.ctx, buyer, { orderId: order.id })).map(({ epoch }) => epoch),
    online: async (ticketId: string, at: Date) => {
      world.clock.set(at);
      const scan = { competitionSessionId, gateId, code: await show(ticketId, at) };
      const { outcome, reason } = await scanOnline(world.ctx, scan);
      return [outcome, reason];
    },
    /** By the list of half an hour before. */
    offline: async (ticketId: string, at: Date) => {
      world.clock.set(new Date(at.getTime() - 30 * 60_000));
      const { outcome, reason } = await decideByList(
        await fetchList(world.ctx, { competitionSessionId }),
        await show(ticketId, at),
        at,
      );
      return [outcome, reason];
    },
  };
}

const tooEarly = ["refuse", "too_early"];
const tooLate = ["refuse", "too_late"];
const admitted = ["admit", "admitted"];

test.each([
  ["postponed by a day", "ATH01", nextDay, tooEarly],
  ["brought forward by a day", "ATH02", dayBefore, tooLate],
])(
  "%s: the passes that were made before are good for the new time, and for it alone",
  async (_, code, moved, thenSaid) => {
    // Never twice the same moment: what was read of the catalogue then would be as good as new.
    world.clock.set(new Date(Date.parse("2028-07-18T13:00:00Z") + 60_000 * Number(code.slice(3))));
    const { first, second, epochs, online, offline } = await activated(code);
    await stockProgramme(world.ctx, [{ code, ...moved }]);

    const asItWas = new Date("2028-07-20T16:30:00Z");
    const asItIs = new Date(moved.startsAt.getTime() + 30 * 60_000);
    const beforeGates = new Date(moved.startsAt.getTime() - 2 * 3_600_000);
    for (const decide of [offline, online]) {
      expect(await decide(first, beforeGates)).toEqual(tooEarly);
      expect(await decide(first, asItWas)).toEqual(thenSaid);
      expect(await decide(first, moved.endsAt)).toEqual(tooLate);
      expect(await decide(decide === online ? first : second, asItIs)).toEqual(admitted);
    }
    expect(await epochs()).toEqual([1, 1]);
  },
);
