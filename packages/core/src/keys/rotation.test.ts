import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { decodePass, fromBase64url } from "@tessera/pass";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CoreContext } from "../context.ts";
import { listGateCompetitionSessions } from "../gate/list-gate-competition-sessions.ts";
import type { Actor } from "../ports.ts";
import {
  buy,
  fetchList,
  kekShelf,
  makeDevice,
  registerVisitor,
  scanOnline,
  stockProgramme,
  testContext,
  type TestContext,
} from "../testing/index.ts";
import { activateTickets } from "../tickets/activate-tickets.ts";
import { compromiseOrganiserKey, createOrganiserKey, rotateOrganiserKey } from "./change-organiser-keys.ts";
import { createKeyring } from "./keyring.ts";
import { ensureOrganiserKeys, loadOrganiserKeys } from "./organiser-keys.ts";

const start = new Date("2028-07-20T15:00:00Z");
const aDayMs = 86_400_000;

let database: TestDatabase;
let world: TestContext;
/** Two servers: each with a keyring, and so a memory, of its own. */
let one: CoreContext;
let other: CoreContext;
/** `pnpm keys`, with the owner's role. */
let command: CoreContext;
let visitor: Actor;

beforeEach(async () => {
  database = await createTestDatabase();
  // The competition session is now, and goes on for as long as the tests need.
  world = testContext({ db: database.db, now: start, policy: { gatesAlwaysOpen: true } });
  const shelf = kekShelf();
  const node = async (): Promise<CoreContext> => ({ ...world.ctx, keyring: createKeyring(await shelf.open()) });
  [one, other] = [await node(), await node()];
  command = { ...(await node()), db: database.ownerDb };
  await ensureOrganiserKeys(one);
  await stockProgramme(one, [{ code: "ATH01", capacity: 100 }]);
  visitor = await registerVisitor(one);
});
afterEach(() => database.drop());

const rotate = (kind: "issuer" | "list" | "token", verifiesUntil: Date | null = null) =>
  rotateOrganiserKey(command, { kind, verifiesUntil, waive: false });

/** As an operator does it: make the next key, wait until everybody knows it, let it sign. */
async function rotateInOrder(kind: "issuer" | "list" | "token", verifiesUntil: Date | null = null): Promise<void> {
  expect(await createOrganiserKey(command, kind)).toMatchObject({ outcome: "created", state: "next" });
  world.clock.advance(world.ctx.policy.listMaxAgeSeconds * 1000 + 30_000);
  expect(await rotate(kind, verifiesUntil)).toMatchObject({ outcome: "rotated" });
}

async function activated(on: CoreContext = one) {
  const { tickets } = await buy(on, visitor);
  const ticketIds = tickets.map(({ id }) => id);
  const device = await makeDevice();
  const answers = await device.answerChallenges(on, visitor, ticketIds);
  const [pass] = await activateTickets(on, visitor, { tickets: answers });
  if (pass === undefined) throw new Error("no pass");
  return { pass, device, answers, show: () => device.show(pass.pass, world.ctx.clock()) };
}

async function scan(on: CoreContext, code: string) {
  const [session] = await listGateCompetitionSessions(on);
  return scanOnline(on, {
    competitionSessionId: session?.competitionSession.id ?? "",
    gateId: session?.gates[0]?.id ?? "",
    code,
  });
}

async function listOf(on: CoreContext) {
  const [session] = await listGateCompetitionSessions(on);
  return fetchList(on, { competitionSessionId: session?.competitionSession.id ?? "" });
}

const issuerOf = (pass: { pass: string }) => decodePass(fromBase64url(pass.pass))?.issuerKeyId;

function auditEntries() {
  return database.ownerDb
    .selectFrom("audit_entry")
    .select(["action", "details"])
    .where("action", "like", "key.%")
    .orderBy("id")
    .execute();
}

describe("a rotation of the issuer key", () => {
  test("leaves old codes good for as long as it says, and not a moment longer", async () => {
    const [early, late] = [await activated(), await activated()];
    const until = new Date(start.getTime() + aDayMs);
    await rotateInOrder("issuer", until);
    const fresh = await activated();
    expect(issuerOf(early.pass)).toBe(1);

    expect(await scan(other, await early.show())).toMatchObject({ outcome: "admit" });
    world.clock.set(new Date(until.getTime() - 1));
    expect((await listOf(other)).issuerKeys.map(({ id }) => id)).toEqual([1, 2]);
    world.clock.set(until);
    // Not even a server that has read the keys a moment ago goes on.
    expect(await scan(other, await late.show())).toMatchObject({ outcome: "refuse", reason: "unknown_issuer" });
    world.clock.advance(2000);
    expect((await listOf(other)).issuerKeys.map(({ id }) => id)).toEqual([2]);
    expect(await scan(other, await fresh.show())).toMatchObject({ outcome: "admit" });
  });

  test("reaches a running server within half a minute, and what either signs meanwhile is good on both", async () => {
    await Promise.all([loadOrganiserKeys(one), loadOrganiserKeys(other)]);
    await createOrganiserKey(command, "issuer");
    world.clock.advance(world.ctx.policy.listMaxAgeSeconds * 1000 + 29_999);
    await Promise.all([loadOrganiserKeys(one), loadOrganiserKeys(other)]);
    world.clock.advance(1);
    await rotate("issuer");
    // One still has the keys of before in its memory; the other has lost its own and reads them anew.
    const restarted = { ...other, keyring: { ...other.keyring } };
    const [old, fresh] = [await activated(one), await activated(restarted)];
    expect([issuerOf(old.pass), issuerOf(fresh.pass)]).toEqual([1, 2]);
    expect(await scan(restarted, await old.show())).toMatchObject({ outcome: "admit" });
    expect(await scan(one, await fresh.show())).toMatchObject({ outcome: "admit" });
    world.clock.advance(30_000);
    expect(issuerOf((await activated(one)).pass)).toBe(2);
  });

  test("waits for the lists of a competition session whose lists may be older, until that is over", async () => {
    const { id, ends_at: endsAt } = await database.ownerDb
      .selectFrom("competition_session")
      .select(["id", "ends_at"])
      .executeTakeFirstOrThrow();
    const policy = { reentry: "never", offline_admission: "any", max_list_age_seconds: 86_400, list_too_old: "check" };
    await database.ownerDb
      .insertInto("gate_policy")
      .values({ competition_session_id: id, ...policy })
      .execute();
    await createOrganiserKey(command, "issuer");
    const readyAt = new Date(start.getTime() + 86_400_000 + 30_000);
    world.clock.advance(world.ctx.policy.listMaxAgeSeconds * 1000 + 30_000);
    expect(await rotate("issuer")).toEqual({ outcome: "too_young", readyAt });
    world.clock.set(endsAt);
    expect(await rotate("issuer")).toMatchObject({ outcome: "rotated" });
  });

  test("is refused without a next key, and before every list that counts has it", async () => {
    expect(await rotate("issuer")).toEqual({ outcome: "no_next" });
    await createOrganiserKey(command, "issuer");
    expect(await createOrganiserKey(command, "issuer")).toEqual({ outcome: "next_exists", id: 2 });
    const readyAt = new Date(start.getTime() + world.ctx.policy.listMaxAgeSeconds * 1000 + 30_000);
    world.clock.set(new Date(readyAt.getTime() - 1));
    expect(await rotate("issuer")).toEqual({ outcome: "too_young", readyAt });
    expect(await rotateOrganiserKey(command, { kind: "issuer", verifiesUntil: null, waive: true })).toMatchObject({
      outcome: "rotated",
      from: 1,
      to: 2,
    });
    expect(await auditEntries()).toEqual([
      { action: "key.created", details: { kind: "issuer", id: 2, state: "next" } },
      { action: "key.rotated", details: { kind: "issuer", id: 2, from: 1, waived: true } },
    ]);
  });

  test("says how many tickets it cuts short", async () => {
    await activated();
    await activated();
    await createOrganiserKey(command, "issuer");
    world.clock.advance(aDayMs);
    expect(await rotate("issuer", new Date("2099-01-01"))).toMatchObject({ passesCutShort: 2 });
  });

  test("tried ten times at once happens once", async () => {
    await createOrganiserKey(command, "issuer");
    world.clock.advance(aDayMs);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => rotate("issuer")));
    expect(outcomes.filter(({ outcome }) => outcome === "rotated")).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === "no_next")).toHaveLength(9);
  });
});

describe("a device that asks again", () => {
  test("gets the very same pass after issuer and token key have been rotated, and its code is good", async () => {
    const { pass, answers, show } = await activated();
    await rotateInOrder("issuer");
    await rotateInOrder("token");
    expect((await loadOrganiserKeys(other)).token.id).toBe(2);
    expect(await activateTickets(other, visitor, { tickets: answers })).toEqual([pass]);
    expect(await scan(other, await show())).toMatchObject({ outcome: "admit" });
  });

  test("must move the ticket once the key of its pass may sign no more", async () => {
    const { pass, answers, device } = await activated();
    await compromiseOrganiserKey(command, { kind: "issuer", id: 1 });
    await expect(activateTickets(other, visitor, { tickets: answers })).rejects.toMatchObject({
      code: "ticket_changed",
    });
    const [anew] = await device.activate(other, visitor, [pass.ticketId]);
    expect(anew).toMatchObject({ epoch: 2 });
    expect(issuerOf(anew ?? pass)).toBe(2);
  });
});

describe("a rotation of the token key", () => {
  test("gives lists the digests of tokens that activations will show", async () => {
    const { tickets } = await buy(one, visitor);
    const before = (await listOf(one)).find(tickets[0]?.id ?? "");
    await rotateInOrder("token");
    const after = (await listOf(one)).find(tickets[0]?.id ?? "");
    expect(after?.entry.nextTokenDigest).toHaveLength(12);
    expect(after?.entry.nextTokenDigest).not.toEqual(before?.entry.nextTokenDigest);
    const rows = () => database.ownerDb.selectFrom("ticket_epoch").select(["epoch", "token_key_id"]).execute();
    await activated();
    expect(await rows()).toContainEqual({ epoch: 1, token_key_id: 2 });
  });
});

describe("a rotation of the list key", () => {
  const named = async (on: CoreContext) => {
    const { signed, listKeys } = await listOf(on);
    return { by: signed.keyId, trusts: listKeys.map(({ id }) => id) };
  };

  test("is told by the lists before: no tablet meets a key that it has not heard of", async () => {
    expect(await named(one)).toEqual({ by: 1, trusts: [1] });
    await createOrganiserKey(command, "list");
    world.clock.advance(30_000);
    expect(await named(one)).toEqual({ by: 1, trusts: [1, 2] });
    world.clock.advance(world.ctx.policy.listMaxAgeSeconds * 1000);
    const until = new Date(world.ctx.clock().getTime() + aDayMs);
    await rotate("list", until);
    world.clock.advance(30_000);
    expect(await named(one)).toEqual({ by: 2, trusts: [1, 2] });
    world.clock.set(until);
    expect(await named(one)).toEqual({ by: 2, trusts: [2] });
  });

  test("a compromised one is named no more, at once", async () => {
    expect(await compromiseOrganiserKey(command, { kind: "list", id: 1 })).toMatchObject({ activeId: 2 });
    world.clock.advance(30_000);
    expect(await named(other)).toEqual({ by: 2, trusts: [2] });
  });
});

describe("a compromised issuer key", () => {
  test("counts for listed passes only, on servers and on lists, and another signs at once", async () => {
    const { show } = await activated();
    expect(await compromiseOrganiserKey(command, { kind: "issuer", id: 1 })).toEqual({
      outcome: "compromised",
      activeId: 2,
      replaced: true,
    });
    world.clock.advance(30_000);
    expect((await listOf(other)).issuerKeys.map(({ id, compromised }) => [id, compromised])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(await scan(other, await show())).toMatchObject({ outcome: "admit" });
    expect(issuerOf((await activated(other)).pass)).toBe(2);
    expect(await compromiseOrganiserKey(command, { kind: "issuer", id: 1 })).toEqual({ outcome: "already" });
    expect(await compromiseOrganiserKey(command, { kind: "issuer", id: 9 })).toEqual({ outcome: "unknown_key" });
    expect(await auditEntries()).toContainEqual({ action: "key.compromised", details: { kind: "issuer", id: 1 } });
  });

  test("makes way for the next key that is there", async () => {
    await createOrganiserKey(command, "issuer");
    expect(await compromiseOrganiserKey(command, { kind: "issuer", id: 1 })).toMatchObject({ activeId: 2 });
    expect(await createOrganiserKey(command, "issuer")).toMatchObject({ id: 3, state: "next" });
    // The next one is given up before it was ever used: the active one stays.
    expect(await compromiseOrganiserKey(command, { kind: "issuer", id: 3 })).toEqual({
      outcome: "compromised",
      activeId: 2,
      replaced: false,
    });
    world.clock.advance(30_000);
    expect((await loadOrganiserKeys(one)).issuer.id).toBe(2);
  });
});

test("the first key of a kind is active at once", async () => {
  await database.ownerDb.deleteFrom("organiser_key").where("kind", "=", "list").execute();
  expect(await createOrganiserKey(command, "list")).toEqual({ outcome: "created", id: 1, state: "active" });
});
