import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginTotpEnrolment } from "../accounts/factors/begin-totp-enrolment.ts";
import { confirmTotpEnrolment } from "../accounts/factors/confirm-totp-enrolment.ts";
import { totpEnrolmentPlace } from "../accounts/factors/totp.ts";
import { verifyTotp } from "../accounts/factors/verify-totp.ts";
import type { CoreContext } from "../context.ts";
import { listGateCompetitionSessions } from "../gate/list-gate-competition-sessions.ts";
import {
  authenticatorCode,
  buy,
  kekShelf,
  type KekShelf,
  makeDevice,
  registerAccount,
  registerByMail,
  registerVisitor,
  scanOnline,
  signInByPassword,
  stockProgramme,
  testContext,
  type TestContext,
  testRequester,
  waitingForLocks,
} from "../testing/index.ts";
import { rotateKek } from "./change-keks.ts";
import { createKeyring, type KekKind, kekKinds } from "./keyring.ts";
import { listKeys } from "./list-keys.ts";
import { announceKeks, type NodeKeks, syncKeks } from "./node-keks.ts";
import { ensureOrganiserKeys, loadOrganiserKeys } from "./organiser-keys.ts";
import { resealKind } from "./reseal.ts";

let database: TestDatabase;
let world: TestContext;
let shelf: KekShelf;
/** A running server. */
let ctx: CoreContext;
let keks: NodeKeks;
const nodeId = randomUUID();
/** `pnpm keys`, with the owner's role and KEKs that it has read itself. */
let command: CoreContext;
let commandKeks: NodeKeks;

beforeEach(async () => {
  database = await createTestDatabase();
  world = testContext({
    db: database.db,
    now: new Date("2028-07-20T15:30:00Z"),
    policy: { gatesAlwaysOpen: true },
  });
  shelf = kekShelf();
  [keks, commandKeks] = [await shelf.open(), await shelf.open()];
  ctx = { ...world.ctx, keyring: createKeyring(keks) };
  command = { ...world.ctx, db: database.ownerDb, keyring: createKeyring(commandKeks) };
  await syncNode();
  await ensureOrganiserKeys(ctx);
  await stockProgramme(ctx, [{ code: "ATH01", capacity: 100 }]);
});
afterEach(() => database.drop());

async function syncNode(): Promise<void> {
  await syncKeks(ctx, keks);
  await announceKeks(ctx, keks, nodeId);
}

/** A new KEK on every server, and sealing. */
async function rotate(kind: KekKind, id = 2): Promise<void> {
  shelf.put({ kind, id });
  await syncNode();
  await syncKeks(command, commandKeks);
  expect(await rotateKek(command, { kind, keks: commandKeks, id: undefined, force: false })).toMatchObject({ to: id });
  await syncKeks(command, commandKeks);
  await syncNode();
}

/** How many values each KEK of a kind seals, by its number. */
async function sealing(kind: KekKind): Promise<Record<number, number>> {
  const listed = await listKeys(command);
  return Object.fromEntries(listed.keks.filter((kek) => kek.kind === kind).map(({ id, values }) => [id, values]));
}

async function scan(code: string) {
  const [session] = await listGateCompetitionSessions(ctx);
  return scanOnline(ctx, {
    competitionSessionId: session?.competitionSession.id ?? "",
    gateId: session?.gates[0]?.id ?? "",
    code,
  });
}

test("seals everything anew, and everything still opens", async () => {
  const visitor = await registerVisitor(ctx);
  const account = await registerAccount(ctx, "visitor");
  await registerByMail(ctx, { email: "somebody@example.test" });
  const { tickets } = await buy(ctx, visitor, { kind: "duo" });
  const device = await makeDevice();
  const [pass] = await device.activate(
    ctx,
    visitor,
    tickets.slice(0, 1).map(({ id }) => id),
  );
  const before = await sealing("purchase");
  expect(before).toEqual({ 1: 3 });

  for (const kind of kekKinds) {
    const values = (await sealing(kind))[1] ?? 0;
    expect(values).toBeGreaterThan(0);
    await rotate(kind);
    expect(await resealKind(command, { kind, batch: 2 })).toEqual({
      kekId: 2,
      resealed: values,
      remaining: 0,
      unreadable: [],
      mayRetire: [1],
      nodesBehind: 0,
    });
    expect(await sealing(kind)).toEqual({ 1: 0, 2: values });
    expect(await resealKind(command, { kind })).toMatchObject({ resealed: 0, remaining: 0 });
  }

  world.clock.advance(30_000);
  expect((await loadOrganiserKeys(ctx)).issuer.id).toBe(1);
  expect(await scan(await device.show(pass?.pass ?? "", ctx.clock()))).toMatchObject({ outcome: "admit" });
  const fresh = tickets.slice(1).map(({ id }) => id);
  expect(await (await makeDevice()).activate(ctx, visitor, fresh)).toHaveLength(1);
  const { standing } = await signInByPassword(ctx, account, "shop");
  const code = await authenticatorCode(ctx.clock());
  expect(await verifyTotp(ctx, standing, { code }, testRequester)).toBeDefined();
  const entries = await database.ownerDb
    .selectFrom("audit_entry")
    .select("details")
    .where("action", "=", "keys.resealed")
    .execute();
  expect(entries).toHaveLength(kekKinds.length * 2);
});

describe("while people are at work", () => {
  test("confirmations of TOTP secrets and activations all succeed, and nothing stays behind", async () => {
    const people = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { standing } = await registerByMail(ctx, { email: `person-${index}@example.test` });
        return { standing, secret: (await beginTotpEnrolment(ctx, standing)).secret };
      }),
    );
    const visitor = await registerVisitor(ctx);
    const { tickets } = await buy(ctx, visitor, { kind: "family" });
    const devices = await Promise.all(Array.from({ length: tickets.length }, makeDevice));
    const kinds = ["totp", "purchase", "account"] as const;
    for (const kind of kinds) await rotate(kind);

    const resealing = Promise.all(kinds.map((kind) => resealKind(command, { kind, batch: 1 })));
    const working = Promise.all([
      ...people.map(async ({ standing, secret }) =>
        confirmTotpEnrolment(ctx, standing, { code: await authenticatorCode(ctx.clock(), secret) }, testRequester),
      ),
      ...devices.map((device, index) => device.activate(ctx, visitor, [tickets[index]?.id ?? ""])),
    ]);
    const [outcomes] = await Promise.all([resealing, working]);
    expect(outcomes.map((outcome) => outcome?.remaining)).toEqual([0, 0, 0]);
    for (const kind of kinds) expect((await sealing(kind))[1]).toBe(0);
  });

  test("a TOTP secret that is sealed anew between its code and its confirmation is confirmed", async () => {
    const { standing } = await registerByMail(ctx, { email: "somebody@example.test" });
    const { secret } = await beginTotpEnrolment(ctx, standing);
    const place = totpEnrolmentPlace(standing.account.id);
    const confirming = await database.ownerDb.transaction().execute(async (trx) => {
      const row = await trx.selectFrom("totp_enrolment").select("sealed_secret").forUpdate().executeTakeFirstOrThrow();
      const code = await authenticatorCode(ctx.clock(), secret);
      const confirmed = confirmTotpEnrolment(ctx, standing, { code }, testRequester);
      // It has read the secret and seen that the code is right.
      await expect.poll(() => waitingForLocks(database.db)).toBe(1);
      const anew = ctx.keyring.seal("totp", ctx.keyring.open("totp", row.sealed_secret, place), place);
      await trx.updateTable("totp_enrolment").set({ sealed_secret: anew }).execute();
      return { confirmed };
    });
    expect(await confirming.confirmed).toMatchObject({ recoveryCodes: expect.any(Array) as string[] });
  });

  test("waits for nobody's lock, and comes back for what was locked", async () => {
    const accounts = [await registerVisitor(ctx), await registerVisitor(ctx), await registerVisitor(ctx)];
    await rotate("account");
    const steps: number[] = [];
    const outcome = await database.ownerDb.transaction().execute(async (trx) => {
      const locked = accounts[1]?.accountId ?? "";
      await trx.selectFrom("account").select("id").where("id", "=", locked).forUpdate().execute();
      let passedBy = (): void => undefined;
      const passed = new Promise<void>((resolve) => (passedBy = resolve));
      const running = resealKind(command, {
        kind: "account",
        batch: 1,
        onProgress: (done) => {
          steps.push(done);
          if (done === 2) passedBy();
        },
      });
      await passed;
      expect((await sealing("account"))[1]).toBe(1);
      return { running };
    });
    expect(await outcome.running).toMatchObject({ resealed: 3, remaining: 0 });
    expect(steps).toContain(2);
  });

  test("waits for a server that has not followed the rotation yet", async () => {
    await registerVisitor(ctx);
    shelf.put({ kind: "account", id: 2 });
    await syncNode();
    await syncKeks(command, commandKeks);
    await rotateKek(command, { kind: "account", keks: commandKeks, id: 2, force: false });
    await syncKeks(command, commandKeks);
    let waited = 0;
    let late: Promise<unknown> | undefined;
    const outcome = await resealKind(command, {
      kind: "account",
      onWait: (nodes) => {
        waited = nodes;
        // It seals once more with the old one, and then it follows.
        late = registerVisitor(ctx).then(syncNode);
      },
    });
    await late;
    expect(waited).toBe(1);
    expect(outcome).toMatchObject({ resealed: 2, remaining: 0, nodesBehind: 0 });
  });
});

test("goes on where a run was stopped, and says it once that it began", async () => {
  for (let index = 0; index < 6; index += 1) await registerVisitor(ctx);
  await rotate("account");
  const stopping = new AbortController();
  const first = await resealKind(command, {
    kind: "account",
    batch: 2,
    signal: stopping.signal,
    onProgress: (done) => {
      if (done === 2) stopping.abort();
    },
  });
  expect(first).toMatchObject({ resealed: 2, remaining: 4, mayRetire: [] });
  const seen: [number, number][] = [];
  const second = await resealKind(command, {
    kind: "account",
    batch: 2,
    onProgress: (done, total) => void seen.push([done, total]),
  });
  expect(second).toMatchObject({ resealed: 4, remaining: 0, mayRetire: [1] });
  expect(seen.at(0)).toEqual([0, 4]);
  expect(seen.at(-1)).toEqual([4, 4]);
});

test("names what cannot be opened and does the rest, and leaves the erased alone", async () => {
  const [broken, erased] = [await registerVisitor(ctx), await registerVisitor(ctx), await registerVisitor(ctx)];
  const row = await database.ownerDb
    .selectFrom("account")
    .select("sealed_account_key")
    .where("id", "=", broken.accountId)
    .executeTakeFirstOrThrow();
  const torn = Buffer.from(row.sealed_account_key);
  torn[torn.length - 1] = (torn.at(-1) ?? 0) ^ 1;
  const { accountId } = broken;
  await database.ownerDb.updateTable("account").set({ sealed_account_key: torn }).where("id", "=", accountId).execute();
  await database.db
    .updateTable("account")
    .set({ deleted_at: ctx.clock() })
    .where("id", "=", erased.accountId)
    .execute();
  await rotate("account");
  expect(await resealKind(command, { kind: "account" })).toMatchObject({
    resealed: 1,
    remaining: 1,
    unreadable: [{ table: "account", column: "sealed_account_key", rowId: accountId, epoch: 0 }],
    mayRetire: [],
  });
});

test("is for the owner's role alone: purchase keys are history", async () => {
  const visitor = await registerVisitor(ctx);
  await buy(ctx, visitor);
  await rotate("purchase");
  await expect(resealKind(ctx, { kind: "purchase" })).rejects.toThrow("permission denied");
});
