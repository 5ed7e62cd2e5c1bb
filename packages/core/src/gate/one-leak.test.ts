import { hash, randomBytes, randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import {
  fromBase64url,
  listPieces,
  type ListRow,
  passDigest,
  type PassFields,
  readCode,
  toBase64url,
  uuidToBytes,
  verifyList,
} from "@tessera/pass";
import { generateSigningSeed, loadSigningKey, signList } from "@tessera/pass/issuer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountKeyPlace } from "../accounts/account.ts";
import type { CoreContext } from "../context.ts";
import { type KekKind, kekKinds, type Keyring } from "../keys/keyring.ts";
import { listOrganiserKeys } from "../keys/organiser-keys.queries.ts";
import { ensureOrganiserKeys, organiserKeyPlace } from "../keys/organiser-keys.ts";
import {
  buy,
  decideByList,
  fetchList,
  forgeCode,
  keyringOf,
  type Loot,
  makeDevice,
  openList,
  registerVisitor,
  scanOnline,
  stockProgramme,
  testContext,
} from "../testing/index.ts";
import { purchaseKeyPlace } from "../tickets/passes.ts";
import { listGateCompetitionSessions } from "./list-gate-competition-sessions.ts";

/**
 * One leak is not enough (docs/e-ticket.md, section 8): whoever has a dump of the database, any one KEK with it, or any
 * one key, and has seen the codes of others, makes codes for whatever they like and shows them to a gate with a network
 * and to a tablet without, which has a fresh list.
 */

/** Half an hour before the start, when the gates are open. */
const now = new Date("2028-07-20T15:30:00Z");

let database: TestDatabase;
let ctx: CoreContext;
let keks: Map<KekKind, Buffer>;
let seen: Seen;

/** What the attacker has photographed: the pass of somebody's ticket, and the id of one that was never activated. */
type Seen = { pass: Uint8Array; accountId: string; ticketId: string; neverActivated: string };

beforeAll(async () => {
  database = await createTestDatabase();
  keks = new Map(kekKinds.map((kind) => [kind, randomBytes(32)]));
  ctx = { ...testContext({ db: database.db, now }).ctx, keyring: keyringOf(keks) };
  await ensureOrganiserKeys(ctx);
  await stockProgramme(ctx, [{ code: "ATH01", capacity: 100 }]);
  const buyer = await registerVisitor(ctx);
  const { tickets } = await buy(ctx, buyer, { kind: "duo" });
  const [first = "", second = ""] = tickets.map(({ id }) => id);
  const [activated] = await (await makeDevice()).activate(ctx, buyer, [first]);
  seen = {
    pass: fromBase64url(activated?.pass ?? ""),
    accountId: buyer.accountId,
    ticketId: first,
    neverActivated: second,
  };
});
afterAll(() => database.drop());

/** Everything that a dump of the database gives to somebody who holds these KEKs. */
async function openDump(held: readonly KekKind[]): Promise<Loot> {
  const keyring = keyringOf(new Map([...keks].filter(([kind]) => held.includes(kind))));
  const openOrNothing = (...sealed: Parameters<Keyring["open"]>): Uint8Array | undefined => {
    try {
      return keyring.open(...sealed);
    } catch {
      return undefined;
    }
  };
  const account = await database.ownerDb
    .selectFrom("account")
    .select("sealed_account_key")
    .where("id", "=", seen.accountId)
    .executeTakeFirstOrThrow();
  const epoch = await database.ownerDb
    .selectFrom("ticket_epoch")
    .select("sealed_purchase_key")
    .where("ticket_id", "=", seen.ticketId)
    .where("epoch", "=", 1)
    .executeTakeFirstOrThrow();
  const organiser = new Map(
    (await listOrganiserKeys(database.ownerDb)).map(({ kind, id, sealedSecret }) => [
      kind,
      openOrNothing(kind, sealedSecret, organiserKeyPlace(kind, id)),
    ]),
  );
  const signing = (seed: Uint8Array | undefined) => (seed === undefined ? undefined : loadSigningKey(seed));
  return {
    accountKey: openOrNothing("account", account.sealed_account_key, accountKeyPlace(seen.accountId)),
    purchaseKey: openOrNothing("purchase", epoch.sealed_purchase_key, purchaseKeyPlace(seen.ticketId, 1)),
    tokenKey: organiser.get("token"),
    issuer: signing(organiser.get("issuer")),
    list: signing(organiser.get("list")),
  };
}

/** What the attacker tries, each by what they change in the photographed pass. */
const tries = (): Record<string, Partial<PassFields>> => ({
  "the same ticket on a device of one's own": {},
  "the same ticket in another zone and category": { zone: 1, category: "B" },
  "its next epoch": { epoch: 2 },
  "an epoch long after": { epoch: 60_000 },
  "the same on paper": { paper: true, devicePublicKey: null },
  "its next epoch on paper": { epoch: 2, paper: true, devicePublicKey: null },
  "a ticket that was never activated": { ticketId: seen.neverActivated, epoch: 1 },
  "a ticket that nobody bought": { ticketId: randomUUID() },
});

async function atGate() {
  const [session] = await listGateCompetitionSessions(ctx);
  if (session === undefined) throw new Error("no competition session");
  return { competitionSessionId: session.competitionSession.id, gateId: session.gates[0]?.id ?? "" };
}

async function askServer(code: string) {
  const { outcome, reason } = await scanOnline(ctx, { ...(await atGate()), code });
  return { outcome, reason };
}

/** What a tablet says that has just fetched its list, unless it has another, and reaches nobody. */
async function scanOffline(code: string, given?: ReturnType<typeof openList>) {
  return decideByList(given ?? (await fetchList(ctx, await atGate())), code, now);
}

/** What became of everything that was tried: by what was tried, online and offline. */
async function attack(loot: Loot) {
  const codes = await Promise.all(
    Object.entries(tries()).map(async ([what, change]) => ({
      what,
      code: await forgeCode(loot, { pass: seen.pass, gamesId: ctx.policy.gamesId, now }, change),
    })),
  );
  const results = [];
  for (const { what, code } of codes) {
    results.push({ what, online: await askServer(code), offline: await scanOffline(code) });
  }
  return results;
}

const admitted = (results: Awaited<ReturnType<typeof attack>>) =>
  results.flatMap(({ what, online, offline }) => [
    ...(online.outcome === "admit" ? [`${what}, online`] : []),
    ...(offline.outcome === "admit" ? [`${what}, offline`] : []),
  ]);

const reasons = (results: Awaited<ReturnType<typeof attack>>, where: "online" | "offline") =>
  new Set(results.map((result) => result[where].reason));

test("each KEK opens its own kind in a dump and nothing else", async () => {
  const opened = async (held: readonly KekKind[]) =>
    Object.entries(await openDump(held)).flatMap(([name, secret]) => (secret === undefined ? [] : [name]));
  expect(await opened([])).toEqual([]);
  expect(Object.fromEntries(await Promise.all(kekKinds.map(async (kind) => [kind, await opened([kind])])))).toEqual({
    account: ["accountKey"],
    purchase: ["purchaseKey"],
    totp: [],
    issuer: ["issuer"],
    list: ["list"],
    token: ["tokenKey"],
    mail: [],
  });
});

describe("nobody is let in, online or offline, by a code of somebody who has", () => {
  // A KEK, or one of the keys, without the dump gives less than with it.
  test.each<[string, readonly KekKind[]]>([
    ["a dump of the database", []],
    ["a dump, and the KEK of account keys: account key A", ["account"]],
    ["a dump, and the KEK of purchase keys: purchase key B", ["purchase"]],
    ["a dump, and the KEK of TOTP secrets", ["totp"]],
    ["a dump, and the KEK of the list key: list key L", ["list"]],
    ["a dump, and the KEK of the token key: token key T", ["token"]],
    ["a dump, and the KEK of mails", ["mail"]],
    ["both halves, A and B, without the issuer's signature", ["account", "purchase"]],
  ])("%s: the signature gives it away", async (_, held) => {
    const results = await attack(await openDump(held));
    expect(admitted(results)).toEqual([]);
    expect(reasons(results, "online")).toEqual(new Set(["bad_signature"]));
    expect(reasons(results, "offline")).toEqual(new Set(["bad_signature"]));
  });

  test("issuer key I: the list does not know the pass, and the server finds the seal", async () => {
    const results = await attack(await openDump(["issuer"]));
    expect(admitted(results)).toEqual([]);
    expect(Object.fromEntries(results.map(({ what, online }) => [what, online.reason]))).toEqual({
      "the same ticket on a device of one's own": "not_current_pass",
      "the same ticket in another zone and category": "not_current_pass",
      "its next epoch": "bad_seal",
      "an epoch long after": "bad_seal",
      "the same on paper": "not_current_pass",
      "its next epoch on paper": "bad_seal",
      "a ticket that was never activated": "bad_seal",
      "a ticket that nobody bought": "unknown_ticket",
    });
    expect(Object.fromEntries(results.map(({ what, offline }) => [what, offline.reason]))).toEqual({
      "the same ticket on a device of one's own": "not_current_pass",
      "the same ticket in another zone and category": "not_current_pass",
      "its next epoch": "unlisted_pass",
      "an epoch long after": "unlisted_pass",
      "the same on paper": "not_current_pass",
      "its next epoch on paper": "unlisted_pass",
      "a ticket that was never activated": "unlisted_pass",
      "a ticket that nobody bought": "unknown_ticket",
    });
  });
});

test("two leaks are: with I and T a tablet without a network takes the next epoch for good, and the server does not", async () => {
  const results = await attack(await openDump(["issuer", "token"]));
  expect(admitted(results)).toEqual(["its next epoch, offline", "a ticket that was never activated, offline"]);
});

describe("list key L", () => {
  /** A code under an issuer key of the forger's own, and a list, signed by L, in which both stand. */
  async function forge() {
    const loot = { ...(await openDump(["list"])), issuer: loadSigningKey(generateSigningSeed()) };
    if (loot.list === undefined) throw new Error("the dump holds no list key");
    const code = await forgeCode(loot, { pass: seen.pass, gamesId: ctx.policy.gamesId, now }, {});
    const read = readCode(code);
    if (!read.ok) throw new Error("not a code");
    const { signed, find: _find, tickets: _tickets, version: _version, ...head } = await fetchList(ctx, await atGate());
    const issuer = { id: 1, publicKey: toBase64url(loot.issuer.publicKey), compromised: false };
    const { zone, category, epoch } = read.code.pass;
    const row: ListRow = {
      id: toBase64url(uuidToBytes(seen.ticketId)),
      state: "good",
      epoch,
      zone,
      category,
      holderName: "Nobody",
      offer: 0,
      passDigest: toBase64url(await passDigest(read.code.pass.bytes)),
      nextTokenDigest: toBase64url(randomBytes(12)),
      reference: "0000000000",
      order: "0000000000",
      firstEntry: null,
      lastPassage: null,
    };
    const number = head.number + 1;
    const place = { number, page: { first: number, index: 0, after: null } };
    const body = [...listPieces({ ...head, ...place, issuerKeys: [issuer] }, [row])].join("");
    const signature = toBase64url(signList(loot.list, ctx.policy.gamesId, hash("sha256", body, "buffer")));
    return { loot, code, listKeys: head.listKeys, list: { body, keyId: signed.keyId, signature } };
  }

  test("makes no code that is let in, online or against a true list, even beside an issuer key of one's own", async () => {
    const { loot } = await forge();
    const results = await attack(loot);
    expect(admitted(results)).toEqual([]);
    expect(reasons(results, "online")).toEqual(new Set(["bad_signature"]));
    expect(reasons(results, "offline")).toEqual(new Set(["bad_signature"]));
  });

  test("and a tablet's network path: it takes a list that names whom one likes, and the server finds it", async () => {
    const { code, listKeys, list } = await forge();
    expect(await verifyList(list, listKeys, ctx.policy.gamesId)).toBe("good");
    expect(await scanOffline(code, openList(list))).toMatchObject({ outcome: "admit" });
    expect(await askServer(code)).toEqual({ outcome: "refuse", reason: "bad_signature" });
    expect(await scanOffline(code)).toEqual({ outcome: "refuse", reason: "bad_signature" });
  });
});
