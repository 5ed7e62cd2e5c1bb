import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { decodePass, fromBase64url } from "@tessera/pass";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../keys/organiser-keys.ts";
import type { Actor } from "../ports.ts";
import { buy, makeDevice, registerVisitor, stockProgramme, testContext, type TestContext } from "../testing/index.ts";
import { activateTickets } from "./activate-tickets.ts";
import { createActivationChallenges } from "./create-activation-challenges.ts";
import { listTickets } from "./list-tickets.ts";

const start = new Date("2028-07-20T12:00:00Z");
let database: TestDatabase;
let world: TestContext;
let holder: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  world = testContext({ db: database.db, now: start });
  await ensureOrganiserKeys(world.ctx);
  await stockProgramme(world.ctx, [{ code: "ATH01", capacity: 200 }]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  world.clock.set(start);
  holder = await registerVisitor(world.ctx);
});

const bought = async (kind: "solo" | "duo" | "family" = "solo") =>
  (await buy(world.ctx, holder, { kind })).tickets.map(({ id }) => id);

describe("activation", () => {
  test("binds all tickets of a family to the device, each with a pass of its own", async () => {
    const ticketIds = await bought("family");
    const device = await makeDevice();
    const passes = await device.activate(world.ctx, holder, ticketIds);
    expect(passes).toHaveLength(4);
    for (const { pass, epoch, ticketId } of passes) {
      expect(decodePass(fromBase64url(pass))).toMatchObject({
        ticketId,
        epoch,
        category: "A",
        zone: 1,
        paper: false,
        softKey: false,
        validFrom: Date.parse("2028-07-20T14:30:00Z") / 1000,
        validUntil: Date.parse("2028-07-20T19:30:00Z") / 1000,
      });
    }
    expect(new Set(passes.map(({ epoch }) => epoch))).toEqual(new Set([1]));
    const tickets = await listTickets(world.ctx, holder, {});
    expect(tickets.map(({ activation }) => [activation.state, activation.devicePublicKey])).toEqual(
      Array.from({ length: 4 }, () => ["active", device.publicKey]),
    );
  });

  test("asked again by the same device, whose answer was lost, gives the very same pass", async () => {
    const ticketIds = await bought();
    const device = await makeDevice();
    const answers = await device.answerChallenges(world.ctx, holder, ticketIds);
    const [first, again] = [
      await activateTickets(world.ctx, holder, { tickets: answers }),
      await activateTickets(world.ctx, holder, { tickets: answers }),
    ];
    expect(again).toEqual(first);
  });

  test("asked by an answer from before it was elsewhere, gives nothing, though it is back on that device", async () => {
    const ticketIds = await bought();
    const [first, second] = [await makeDevice(), await makeDevice()];
    const old = await first.answerChallenges(world.ctx, holder, ticketIds);
    await activateTickets(world.ctx, holder, { tickets: old });
    await second.activate(world.ctx, holder, ticketIds);
    await first.activate(world.ctx, holder, ticketIds);
    await expect(activateTickets(world.ctx, holder, { tickets: old })).rejects.toMatchObject({
      code: "ticket_changed",
    });
  });

  test("on 10 devices at once: exactly one wins, and the others are told", async () => {
    const ticketIds = await bought();
    const devices = await Promise.all(Array.from({ length: 10 }, makeDevice));
    const asked = await Promise.all(devices.map((one) => one.answerChallenges(world.ctx, holder, ticketIds)));
    const answers = await Promise.allSettled(asked.map((tickets) => activateTickets(world.ctx, holder, { tickets })));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "ticket_changed" });
    }
  });

  test("moved to another device it has a higher epoch and another purchase key", async () => {
    const [ticketId = ""] = await bought();
    await (await makeDevice()).activate(world.ctx, holder, [ticketId]);
    const [moved] = await (await makeDevice()).activate(world.ctx, holder, [ticketId]);
    expect(moved?.epoch).toBe(2);
    const epochs = await database.ownerDb
      .selectFrom("ticket_epoch")
      .select(["epoch", "sealed_purchase_key"])
      .where("ticket_id", "=", ticketId)
      .orderBy("epoch")
      .execute();
    const keys = epochs.map(({ epoch, sealed_purchase_key: sealed }) =>
      world.ctx.keyring
        .open("purchase", sealed, { table: "ticket_epoch", column: "sealed_purchase_key", rowId: ticketId, epoch })
        .toString("hex"),
    );
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[1]);
  });
});

describe("activation is refused", () => {
  test("before it opens, saying when it does, and after the end", async () => {
    const policy = { ...world.ctx.policy, activationOpensHours: 48 };
    const ctx = { ...world.ctx, policy };
    const ticketIds = await bought();
    world.clock.set(new Date("2028-07-18T14:29:59Z"));
    await expect(createActivationChallenges(ctx, holder, { ticketIds })).rejects.toMatchObject({
      code: "activation_not_open",
      details: { opensAt: "2028-07-18T14:30:00.000Z" },
    });
    world.clock.set(new Date("2028-07-20T19:30:00Z"));
    await expect(createActivationChallenges(ctx, holder, { ticketIds })).rejects.toMatchObject({
      code: "activation_closed",
    });
  });

  test("for somebody else's ticket, a challenge too old, or a signature of another key", async () => {
    const ticketIds = await bought();
    const other = await registerVisitor(world.ctx);
    await expect(createActivationChallenges(world.ctx, other, { ticketIds })).rejects.toMatchObject({
      code: "not_found",
    });

    const device = await makeDevice();
    const answers = await device.answerChallenges(world.ctx, holder, ticketIds);
    const stranger = await makeDevice();
    await expect(
      activateTickets(world.ctx, holder, {
        tickets: answers.map((one) => ({ ...one, devicePublicKey: stranger.publicKey })),
      }),
    ).rejects.toMatchObject({ code: "bad_device_signature" });
    await expect(activateTickets(world.ctx, other, { tickets: answers })).rejects.toMatchObject({
      code: "bad_device_signature",
    });

    world.clock.advance(5 * 60_000);
    await expect(activateTickets(world.ctx, holder, { tickets: answers })).rejects.toMatchObject({
      code: "challenge_expired",
    });
    expect((await listTickets(world.ctx, holder, {}))[0]).toMatchObject({ epoch: 0, activation: { state: "open" } });
  });

  test("wholly, when one of several tickets cannot be activated", async () => {
    const ticketIds = await bought("duo");
    const device = await makeDevice();
    const [first, second] = await device.answerChallenges(world.ctx, holder, ticketIds);
    if (first === undefined || second === undefined) throw new Error("no duo");
    const tickets = [first, { ...second, expectedEpoch: 0, challenge: first.challenge }];
    await expect(activateTickets(world.ctx, holder, { tickets })).rejects.toMatchObject({
      code: "bad_device_signature",
    });
    expect((await listTickets(world.ctx, holder, {})).map(({ epoch }) => epoch)).toEqual([0, 0]);
  });
});

test("no key lies in the database in the clear", async () => {
  const ticketIds = await bought();
  await (await makeDevice()).activate(world.ctx, holder, ticketIds);
  const rows = await database.ownerDb
    .selectFrom("ticket_epoch")
    .innerJoin("account", "account.id", "ticket_epoch.holder_account_id")
    .select(["ticket_id", "epoch", "sealed_purchase_key", "sealed_account_key", "account.id as account_id"])
    .where("ticket_id", "in", ticketIds)
    .execute();
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    const place = { table: "ticket_epoch", column: "sealed_purchase_key", rowId: row.ticket_id, epoch: row.epoch };
    const key = world.ctx.keyring.open("purchase", row.sealed_purchase_key, place);
    expect(key).toHaveLength(32);
    expect(row.sealed_purchase_key.includes(key)).toBe(false);
    expect(() => world.ctx.keyring.open("account", row.sealed_purchase_key, place)).toThrow("unknown_kek");
    expect(() => world.ctx.keyring.open("purchase", row.sealed_purchase_key, { ...place, epoch: 9 })).toThrow(
      "not_authentic",
    );
  }
});
