import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listGateCompetitionSessions } from "../../gate/list-gate-competition-sessions.ts";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import {
  buy,
  decideByList,
  fetchList,
  handOver,
  makeDevice,
  registerVisitor,
  scanOnline,
  stockProgramme,
  testContext,
  type TestContext,
} from "../../testing/index.ts";

let database: TestDatabase;
let world: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, policy: { gatesAlwaysOpen: true } });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
});
afterAll(() => database.drop());

async function atGate() {
  const [session] = await listGateCompetitionSessions(world.ctx);
  return { competitionSessionId: session?.competitionSession.id ?? "", gateId: session?.gates[0]?.id ?? "" };
}

async function askServer(code: string) {
  const { outcome, reason, ticket } = await scanOnline(world.ctx, { ...(await atGate()), code });
  return { outcome, reason, holderName: ticket?.holderName };
}

/** What a tablet decides by itself. */
const decideBy = (list: Awaited<ReturnType<typeof fetchList>>, code: string) =>
  decideByList(list, code, world.ctx.clock());

test("the giver's code is dead from the acceptance on, with and without a network, and the receiver's opens", async () => {
  const { ctx, clock } = world;
  const [giver, receiver] = [await registerVisitor(ctx), await registerVisitor(ctx)];
  const ticketIds = (await buy(ctx, giver)).tickets.map(({ id }) => id);
  const old = await makeDevice();
  const [oldPass] = await old.activate(ctx, giver, ticketIds);
  const before = await fetchList(ctx, await atGate());

  await handOver(ctx, { giver, receiver, ticketIds });
  await database.ownerDb
    .updateTable("ticket")
    .set({ holder_name: "Noor Receiver" })
    .where("id", "in", ticketIds)
    .execute();
  const superseded = { outcome: "refuse", reason: "superseded" };
  const oldCode = async () => old.show(oldPass?.pass ?? "", ctx.clock());
  // A list is shared for two seconds.
  clock.advance(3000);
  const handedOver = await fetchList(ctx, await atGate());
  expect(await decideBy(handedOver, await oldCode())).toEqual(superseded);
  expect(await askServer(await oldCode())).toMatchObject(superseded);
  // One that was made before knows nothing of it.
  expect(await decideBy(before, await oldCode())).toEqual({ outcome: "admit", reason: "admitted" });

  const phone = await makeDevice();
  const [pass] = await phone.activate(ctx, receiver, ticketIds);
  expect(pass?.epoch).toBe(3);
  const code = await phone.show(pass?.pass ?? "", ctx.clock());
  const good = { outcome: "admit", reason: "admitted" };
  expect(await decideBy(handedOver, code)).toEqual(good);
  expect(await decideBy(before, code)).toEqual({ outcome: "check", reason: "unlisted_pass" });
  clock.advance(3000);
  const newest = await fetchList(ctx, await atGate());
  expect(await decideBy(newest, code)).toEqual(good);
  expect(await decideBy(newest, await oldCode())).toEqual(superseded);
  expect(await askServer(code)).toEqual({ ...good, holderName: "Noor Receiver" });
  expect(await askServer(await oldCode())).toMatchObject(superseded);
});

test("the giver's device cannot ask for its pass again, nor activate another", async () => {
  const { ctx } = world;
  const [giver, receiver] = [await registerVisitor(ctx), await registerVisitor(ctx)];
  const ticketIds = (await buy(ctx, giver)).tickets.map(({ id }) => id);
  const device = await makeDevice();
  await device.activate(ctx, giver, ticketIds);
  await handOver(ctx, { giver, receiver, ticketIds });
  await expect(device.activate(ctx, giver, ticketIds)).rejects.toMatchObject({ code: "not_found" });
});
