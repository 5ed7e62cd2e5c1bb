import { randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CoreContext } from "../context.ts";
import { kekShelf, type KekShelf, testContext } from "../testing/index.ts";
import { createKek, retireKek, rotateKek } from "./change-keks.ts";
import { createKeyring, kekKinds } from "./keyring.ts";
import { listKeys } from "./list-keys.ts";
import { announceKeks, forgetNodeKeks, type NodeKeks, syncKeks } from "./node-keks.ts";

const place = { table: "mail", column: "sealed_content", rowId: randomUUID(), epoch: 0 };

let database: TestDatabase;
let ctx: CoreContext;
/** With the owner's role, as `pnpm keys` has it. */
let command: CoreContext;
let shelf: KekShelf;
beforeEach(async () => {
  database = await createTestDatabase();
  ({ ctx } = testContext({ db: database.db }));
  command = { ...ctx, db: database.ownerDb };
  shelf = kekShelf();
});
afterEach(() => database.drop());

/** A server that has just started, and lives. */
async function node(): Promise<{ keks: NodeKeks; id: string }> {
  const [keks, id] = [await shelf.open(), randomUUID()];
  expect(await syncKeks(ctx, keks)).toEqual([]);
  await announceKeks(ctx, keks, id);
  return { keks, id };
}

const statesOf = async (kind: string) =>
  (await listKeys(command)).keks.filter((kek) => kek.kind === kind).map(({ id, state }) => [id, state]);

const create = (keks: NodeKeks) => createKek(command, { kind: "totp", keks, keep: async (kek) => void shelf.put(kek) });
const rotate = (keks: NodeKeks, options: { id?: number; force?: boolean } = {}) =>
  rotateKek(command, { kind: "totp", keks, id: options.id, force: options.force ?? false });

/** As if a server had died a while ago without a word. */
const silence = (nodeId: string) =>
  database.ownerDb
    .updateTable("node_kek")
    .set({ seen_at: new Date(Date.now() - 61_000) })
    .where("node_id", "=", nodeId)
    .execute();

describe("a start", () => {
  test("makes the KEKs known, the newest of a kind as the one that seals, also ten at once", async () => {
    shelf.put({ kind: "totp", id: 12 });
    await Promise.all(Array.from({ length: 10 }, node));
    expect(await statesOf("totp")).toEqual([
      [1, "former"],
      [12, "active"],
    ]);
    expect((await listKeys(command)).keks).toHaveLength(kekKinds.length + 1);
    expect((await listKeys(command)).nodes).toBe(10);
  });

  test("finds that another key goes by the same number, and that one is not there", async () => {
    await node();
    const foreign = kekShelf();
    expect(await syncKeks(ctx, await foreign.open())).toEqual(
      kekKinds.toSorted().map((kind) => ({ kind, id: 1, problem: "other_key" })),
    );
    const { keks } = await node();
    await create(keks);
    await syncKeks(ctx, keks);
    await rotate(keks, { force: true });
    const without = await foreign.open();
    expect(await syncKeks(ctx, without)).toContainEqual({ kind: "totp", id: 2, problem: "not_held" });
  });

  test("stores nothing of a key", async () => {
    const { keks } = await node();
    const rows = await database.ownerDb.selectFrom("kek").select(["kind", "check_value"]).execute();
    expect(rows).toHaveLength(kekKinds.length);
    for (const { key } of keks.held()) {
      for (const row of rows) expect(key.includes(row.check_value)).toBe(false);
    }
  });
});

describe("a running server", () => {
  test("takes in a KEK that comes, seals with the old one until it is rotated, and opens what others seal", async () => {
    const [one, other] = [await node(), await node()];
    expect(await create(one.keks)).toEqual({ outcome: "created", id: 2 });
    expect(await create(one.keks)).toEqual({ outcome: "next_exists", id: 2 });
    await syncKeks(ctx, one.keks);
    await syncKeks(ctx, other.keks);
    expect(one.keks.active("totp").id).toBe(1);

    await Promise.all([one, other].map(({ keks, id }) => announceKeks(ctx, keks, id)));
    expect(await rotate(one.keks)).toEqual({ outcome: "rotated", from: 1, to: 2 });
    await syncKeks(ctx, one.keks);
    const sealed = createKeyring(one.keks).seal("totp", Buffer.from("secret"), place);
    expect(createKeyring(other.keks).open("totp", sealed, place)).toEqual(Buffer.from("secret"));
    expect([one.keks.active("totp").id, other.keks.active("totp").id]).toEqual([2, 1]);
    await syncKeks(ctx, other.keks);
    expect(other.keks.active("totp").id).toBe(2);
  });

  test("does not take in another key by a number that is known", async () => {
    const { keks } = await node();
    await createKek(command, { kind: "totp", keks, keep: async () => undefined });
    shelf.put({ kind: "totp", id: 2 });
    expect(await syncKeks(ctx, keks)).toEqual([{ kind: "totp", id: 2, problem: "other_key" }]);
    expect(keks.byId("totp", 2)).toBeUndefined();
  });
});

describe("a rotation", () => {
  test("waits for every server that lives, but for none that has ended or died", async () => {
    const [one, behind, ended, dead] = [await node(), await node(), await node(), await node()];
    expect(await rotate(one.keks)).toEqual({ outcome: "no_next" });
    await create(one.keks);
    expect(await rotate(one.keks)).toEqual({ outcome: "not_held_here", id: 2 });
    await syncKeks(ctx, one.keks);
    await announceKeks(ctx, one.keks, one.id);
    expect(await rotate(one.keks)).toEqual({ outcome: "not_everywhere", id: 2, nodes: 4, without: 3 });
    await forgetNodeKeks(ctx, ended.id);
    await silence(dead.id);
    expect(await rotate(one.keks)).toEqual({ outcome: "not_everywhere", id: 2, nodes: 2, without: 1 });
    await syncKeks(ctx, behind.keks);
    await announceKeks(ctx, behind.keks, behind.id);
    expect(await rotate(one.keks)).toMatchObject({ outcome: "rotated" });
    expect(await statesOf("totp")).toEqual([
      [1, "former"],
      [2, "active"],
    ]);
  });

  test("can be forced, and taken back", async () => {
    const [one] = [await node(), await node()];
    await create(one.keks);
    await syncKeks(ctx, one.keks);
    expect(await rotate(one.keks, { force: true })).toMatchObject({ outcome: "rotated", to: 2 });
    expect(await rotate(one.keks, { id: 1 })).toEqual({ outcome: "rotated", from: 2, to: 1 });
    expect(await rotate(one.keks, { id: 7 })).toEqual({ outcome: "unknown_kek" });
  });

  test("is for the owner's role alone", async () => {
    const { keks } = await node();
    await create(keks);
    await syncKeks(ctx, keks);
    await expect(rotateKek(ctx, { kind: "totp", keks, id: 2, force: true })).rejects.toThrow("permission denied");
  });
});

describe("retiring", () => {
  test("is for what neither seals nor has sealed anything that is left", async () => {
    const { keks, id } = await node();
    const sealed = createKeyring(keks).seal("mail", Buffer.from("words"), place);
    await database.ownerDb
      .insertInto("mail")
      .values({ id: place.rowId, template: "test", locale: "fr", sealed_content: sealed, created_at: ctx.clock() })
      .execute();
    const retire = (kekId: number) => retireKek(command, { kind: "mail", id: kekId });
    await createKek(command, { kind: "mail", keks, keep: async (kek) => void shelf.put(kek) });
    await syncKeks(ctx, keks);
    await announceKeks(ctx, keks, id);
    await rotateKek(command, { kind: "mail", keks, id: undefined, force: false });

    expect(await retire(2)).toEqual({ outcome: "active" });
    expect(await retire(1)).toEqual({ outcome: "still_sealing", nodes: 1 });
    await syncKeks(ctx, keks);
    await announceKeks(ctx, keks, id);
    expect(await retire(1)).toEqual({ outcome: "still_sealed", rows: 1 });
    await database.ownerDb.updateTable("mail").set({ sealed_content: null }).execute();
    expect(await retire(1)).toEqual({ outcome: "retired" });
    expect(await retire(1)).toEqual({ outcome: "already" });
    expect(await retire(9)).toEqual({ outcome: "unknown_kek" });
    expect(await rotateKek(command, { kind: "mail", keks, id: 1, force: true })).toEqual({ outcome: "no_next" });

    const actions = await database.ownerDb
      .selectFrom("audit_entry")
      .select(["action", "details"])
      .where("details", "@>", JSON.stringify({ kind: "kek/mail" }))
      .orderBy("action")
      .execute();
    expect(actions.map(({ action }) => action)).toEqual(["key.created", "key.created", "key.retired", "key.rotated"]);
  });
});
