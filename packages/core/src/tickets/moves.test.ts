import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { buy, makeDevice, registerVisitor, stockProgramme, testContext, type TestContext } from "../testing/index.ts";
import { listTickets } from "./list-tickets.ts";
import { movesOf } from "./moves.ts";
import { printTickets } from "./print-tickets.ts";

const start = new Date("2028-07-18T12:00:00Z");
const hour = 3_600_000;
let database: TestDatabase;
let world: TestContext;
let holder: Actor;
let ticketIds: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start, policy: { movesPerDay: 3 } });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 100 }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.set(start);
  holder = await registerVisitor(world.ctx);
  ticketIds = (await buy(world.ctx, holder)).tickets.map(({ id }) => id);
});

const moveTo = async (device: Awaited<ReturnType<typeof makeDevice>>) =>
  (await device.activate(world.ctx, holder, ticketIds))[0];
const print = (expectedEpoch: number) =>
  printTickets(world.ctx, holder, { tickets: ticketIds.map((ticketId) => ({ ticketId, expectedEpoch })) });
const seen = async () => (await listTickets(world.ctx, holder, {}))[0];

describe("a ticket", () => {
  test("moves so often within 24 hours, onto paper too; then it says when it can again, and it can", async () => {
    await moveTo(await makeDevice());
    expect((await seen())?.activation).toMatchObject({ movesLeft: 3, movesLimit: 3, nextMoveAt: null });
    await moveTo(await makeDevice());
    world.clock.advance(hour);
    await print(2);
    world.clock.advance(hour);
    await moveTo(await makeDevice());
    const retryAt = new Date(start.getTime() + 24 * hour);
    expect((await seen())?.activation).toMatchObject({ movesLeft: 0, nextMoveAt: retryAt });

    const usedUp = { code: "moves_used_up", details: { ticketId: ticketIds[0], retryAt: retryAt.toISOString() } };
    await expect(moveTo(await makeDevice())).rejects.toMatchObject(usedUp);
    await expect(print(4)).rejects.toMatchObject(usedUp);
    expect((await seen())?.epoch).toBe(4);
    world.clock.set(new Date(retryAt.getTime() - 1));
    await expect(print(4)).rejects.toMatchObject(usedUp);
    world.clock.set(retryAt);
    expect((await moveTo(await makeDevice()))?.epoch).toBe(5);
  });

  test("is not moved by the device that has it: the same pass again, also to a browser that has forgotten it", async () => {
    const device = await makeDevice();
    const first = await moveTo(device);
    expect(await moveTo(device)).toEqual(first);
    expect(await moveTo(device)).toEqual(first);
    expect((await seen())?.activation).toMatchObject({ movesLeft: 3 });
  });

  test("is moved back by a browser that has lost its key, and what it showed before is dead", async () => {
    const lost = await moveTo(await makeDevice());
    const anew = await makeDevice();
    const found = await moveTo(anew);
    expect(found?.epoch).toBe(2);
    expect(found?.pass).not.toBe(lost?.pass);
    expect((await seen())?.activation).toMatchObject({ devicePublicKey: anew.publicKey, movesLeft: 2 });
  });

  test("asked for by many devices at once with one move left goes to exactly one of them", async () => {
    for (let at = 0; at < 3; at++) await moveTo(await makeDevice());
    const devices = await Promise.all(Array.from({ length: 8 }, makeDevice));
    const answers = await Promise.allSettled(devices.map(moveTo));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === "rejected") expect(String(answer.reason)).toMatch(/ticket_changed|moves_used_up/);
    }
    expect((await seen())?.activation).toMatchObject({ movesLeft: 0 });
  });
});

describe("the moves that are left", () => {
  const at = (hours: number): Date => new Date(start.getTime() + hours * hour);

  test.each([
    [[], { left: 2, nextAt: null }],
    [[at(1)], { left: 1, nextAt: null }],
    [[at(1), at(2)], { left: 0, nextAt: at(25) }],
    // The limit was lowered since: the oldest of the last two makes room.
    [[at(1), at(2), at(3)], { left: 0, nextAt: at(26) }],
  ])("after %j", (moves, expected) => {
    expect(movesOf({ movesPerDay: 2 }, moves)).toEqual({ ...expected, limit: 2 });
  });
});
