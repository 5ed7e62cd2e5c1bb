import { randomBytes, randomUUID } from "node:crypto";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { registerVisitor, testContext, type TestContext } from "../testing/index.ts";
import { type Checkpoint, checkpointKey, signCheckpoint } from "./checkpoint.ts";
import { listAuditEntries } from "./list-audit-entries.ts";
import { sealAuditEntries } from "./seal-audit-entries.ts";
import { verifyAuditLog } from "./verify-audit-log.ts";
import { writeAuditEntry } from "./write-audit-entry.ts";

const key = checkpointKey(randomBytes(32));

let database: TestDatabase;
let test: TestContext;
let checkpoints: Checkpoint[];
beforeEach(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
  checkpoints = [];
});
afterEach(() => database.drop());

const write = (count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      writeAuditEntry(test.ctx.db, test.ctx, {
        action: "offer.updated",
        actorId: randomUUID(),
        details: { index, name: "x" },
      }),
    ),
  );

async function checkpoint(): Promise<void> {
  const signed = await signCheckpoint(test.ctx, key, 0);
  if (signed) checkpoints.push(signed);
}

const verify = () => verifyAuditLog(test.ctx, { checkpoints, keys: [key] });

/** Somebody with every right in the database. */
async function tamper(statement: string): Promise<void> {
  await sql.raw(`alter table audit_entry disable trigger user`).execute(database.ownerDb);
  await sql.raw(`alter table audit_seal disable trigger user`).execute(database.ownerDb);
  await sql.raw(statement).execute(database.ownerDb);
  await sql.raw(`alter table audit_entry enable trigger user`).execute(database.ownerDb);
  await sql.raw(`alter table audit_seal enable trigger user`).execute(database.ownerDb);
}

const entryAt = (position: number): string => `(select entry_id from audit_seal where position = ${position})`;

/** Twenty entries, chained, with checkpoints at 10 and 20. */
async function sealedLog(): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    await write(10);
    await sealAuditEntries(test.ctx);
    await checkpoint();
  }
}

describe("the sealer", () => {
  it("chains every committed entry once, though ten are at it", async () => {
    await write(300);
    const counts = await Promise.all(Array.from({ length: 10 }, () => sealAuditEntries(test.ctx)));
    await sealAuditEntries(test.ctx);
    expect(counts.reduce((sum, count) => sum + count)).toBe(300);
    expect(await verify()).toMatchObject({ sealed: 300, waiting: 0, problem: null });
  });

  it("goes on in batches until nothing waits", async () => {
    await database.ownerDb.connection().execute(async (db) => {
      await sql`
        insert into audit_entry (id, at, action, details)
        select gen_random_uuid(), now(), 'sign_out', '{}' from generate_series(1, 2500)`.execute(db);
    });
    expect(await sealAuditEntries(test.ctx)).toBe(2500);
    expect(await sealAuditEntries(test.ctx)).toBe(0);
  });

  it("does not wait for a transaction that is under way, and chains its entry when it is committed", async () => {
    const { promise: sealed, resolve: letGo } = Promise.withResolvers<void>();
    const late = test.ctx.db.transaction().execute(async (trx) => {
      await writeAuditEntry(trx, test.ctx, { action: "sign_out" });
      await sealed;
    });
    await write(3);
    expect(await sealAuditEntries(test.ctx)).toBe(3);
    letGo();
    await late;
    expect(await sealAuditEntries(test.ctx)).toBe(1);
    expect(await verify()).toMatchObject({ sealed: 4, problem: null });
  });

  it("knows nothing of what was rolled back", async () => {
    const undone = test.ctx.db.transaction().execute(async (trx) => {
      await writeAuditEntry(trx, test.ctx, { action: "sign_out" });
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    expect(await sealAuditEntries(test.ctx)).toBe(0);
  });
});

describe("verification", () => {
  it("finds nothing wrong where nothing is, with and without entries that wait", async () => {
    expect(await verify()).toEqual({ sealed: 0, waiting: 0, checkpoints: 0, problem: null });
    await sealedLog();
    await write(2);
    expect(await verify()).toEqual({ sealed: 20, waiting: 2, checkpoints: 2, problem: null });
  });

  it.each([
    ["action = 'sign_out'", "its act"],
    ["actor_id = gen_random_uuid()", "who did it"],
    ["subject_id = gen_random_uuid()", "whom it was done to"],
    ["at = at - interval '1 day'", "when"],
    [`details = '{"index": 0, "name": "y"}'`, "its details"],
  ])("finds a changed entry: %s", async (change) => {
    await sealedLog();
    await tamper(`update audit_entry set ${change} where id = ${entryAt(7)}`);
    expect((await verify()).problem).toMatchObject({ kind: "changed", position: 7 });
  });

  it("finds a removed entry, with its seal or without", async () => {
    await sealedLog();
    await tamper(`delete from audit_entry where id = ${entryAt(12)}`);
    expect((await verify()).problem).toMatchObject({ kind: "removed", position: 12 });
    await tamper("delete from audit_seal where position = 5");
    expect((await verify()).problem).toMatchObject({ kind: "removed", position: 5 });
  });

  it("finds two entries that changed places", async () => {
    await sealedLog();
    await tamper(`
      alter table audit_seal drop constraint audit_seal_entry_key;
      with pair as (select position, entry_id from audit_seal where position in (4, 9))
      update audit_seal set entry_id = pair.entry_id from pair
      where audit_seal.position in (4, 9) and audit_seal.position <> pair.position`);
    expect((await verify()).problem).toMatchObject({ kind: "changed", position: 4 });
  });

  it("finds an entry that came past the sealer", async () => {
    await sealedLog();
    const id = randomUUID();
    await tamper(`insert into audit_entry (id, at, action, details) values ('${id}', now(), 'sign_out', '{}')`);
    expect((await verify()).problem).toMatchObject({ kind: "inserted", entryId: id });
  });

  it("finds an entry that was slipped in with an old date", async () => {
    await sealedLog();
    test.clock.advance(3_600_000);
    await write(1);
    await sealAuditEntries(test.ctx);
    await checkpoint();
    await sql`
      insert into audit_entry (id, at, action, details)
      values (${randomUUID()}, ${new Date(test.ctx.clock().getTime() - 1_800_000)}, 'sign_out', '{}')`.execute(
      database.ownerDb,
    );
    await sealAuditEntries(test.ctx);
    expect((await verify()).problem).toMatchObject({ kind: "backdated", position: 22 });
  });

  it("finds a cut-off end", async () => {
    await sealedLog();
    await tamper(`
      delete from audit_entry where id in (select entry_id from audit_seal where position > 17);
      delete from audit_seal where position > 17`);
    expect((await verify()).problem).toEqual({ kind: "cut_off", position: 18, missing: 3 });
  });

  it("finds a log that was emptied", async () => {
    await sealedLog();
    await tamper("truncate audit_entry, audit_seal, audit_unsealed");
    expect((await verify()).problem).toEqual({ kind: "cut_off", position: 1, missing: 20 });
  });

  it("finds a chain that was made anew from a changed entry on", async () => {
    await sealedLog();
    await tamper(`
      update audit_entry set action = 'sign_out' where id = ${entryAt(13)};
      insert into audit_unsealed select entry_id from audit_seal where position > 12;
      delete from audit_seal where position > 12`);
    await sealAuditEntries(test.ctx);
    expect((await verify()).problem).toEqual({ kind: "rewritten", afterPosition: 10, position: 20 });
  });

  it("trusts no checkpoint of another key, and misses them where there must be some", async () => {
    await sealedLog();
    const foreign = await signCheckpoint(test.ctx, checkpointKey(randomBytes(32)), 0);
    const all = [...checkpoints, ...(foreign ? [foreign] : [])];
    const forged = await verifyAuditLog(test.ctx, { checkpoints: all, keys: [key] });
    expect(forged.problem).toEqual({ kind: "forged_checkpoint", line: 3 });
    checkpoints = [];
    expect((await verify()).problem).toBeNull();
    test.clock.advance(200_000);
    expect((await verify()).problem).toEqual({ kind: "not_witnessed", entries: 20 });
  });

  it("takes the checkpoints of a former key, if it is given that key", async () => {
    await write(3);
    await sealAuditEntries(test.ctx);
    await checkpoint();
    const newKey = checkpointKey(randomBytes(32));
    await write(2);
    await sealAuditEntries(test.ctx);
    const signed = await signCheckpoint(test.ctx, newKey, 0);
    if (signed) checkpoints.push(signed);
    expect((await verifyAuditLog(test.ctx, { checkpoints, keys: [newKey] })).problem?.kind).toBe("forged_checkpoint");
    expect((await verifyAuditLog(test.ctx, { checkpoints, keys: [newKey, key] })).problem).toBeNull();
  });

  it("tells that the sealer or its witness has stopped: who would hide something could have stopped it", async () => {
    await sealedLog();
    await write(5);
    expect((await verify()).problem).toBeNull();
    test.clock.advance(200_000);
    expect((await verify()).problem).toEqual({ kind: "not_witnessed", entries: 5 });
    await sealAuditEntries(test.ctx);
    expect((await verify()).problem).toEqual({ kind: "not_witnessed", entries: 5 });
    await checkpoint();
    expect((await verify()).problem).toBeNull();
  });
});

describe("the database", () => {
  it.each(["audit_entry", "audit_seal"])(
    "lets nobody change or remove rows of %s, its owner included",
    async (table) => {
      await sealedLog();
      for (const db of [database.db, database.ownerDb]) {
        for (const statement of [
          `update ${table} set ${table === "audit_entry" ? "at = now()" : "position = 99"}`,
          `delete from ${table}`,
          `truncate ${table}`,
        ]) {
          await expect(sql.raw(statement).execute(db)).rejects.toMatchObject({ code: "42501" });
        }
      }
    },
  );
});

describe("the list", () => {
  it("is empty, and then shows the newest first, page by page, with today's names", async () => {
    const all = { action: null, accountId: null, before: null };
    expect(await listAuditEntries(test.ctx, all)).toEqual({ entries: [], more: false });
    const admin = await registerVisitor(test.ctx, "admin");
    test.clock.advance(1);
    await writeAuditEntry(test.ctx.db, test.ctx, { action: "offer.created", actorId: admin.accountId });
    await sealAuditEntries(test.ctx);
    test.clock.advance(1);
    await write(60);
    const first = await listAuditEntries(test.ctx, all);
    expect(first.entries).toHaveLength(50);
    expect(first.more).toBe(true);
    const second = await listAuditEntries(test.ctx, { ...all, before: first.entries.at(-1)?.id ?? null });
    expect(second.more).toBe(false);
    expect(second.entries.at(-1)).toMatchObject({
      action: "offer.created",
      actor: { id: admin.accountId, displayName: admin.displayName },
      subject: null,
    });
    expect(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size).toBe(61);
    const own = await listAuditEntries(test.ctx, { ...all, accountId: admin.accountId });
    expect(own.entries.map(({ action, position }) => [action, position === null])).toEqual([["offer.created", false]]);
    expect((await listAuditEntries(test.ctx, { ...all, action: "sign_out" })).entries).toEqual([]);
  });

  it("names who asked for what somebody else approved", async () => {
    const { accountId, displayName } = await registerVisitor(test.ctx, "admin");
    const action = "employee_factor_reset.approved";
    await writeAuditEntry(test.ctx.db, test.ctx, { action, details: { requestedBy: accountId } });
    const { entries } = await listAuditEntries(test.ctx, { action, accountId: null, before: null });
    expect(entries).toMatchObject([{ details: { requestedBy: displayName } }]);
  });
});
