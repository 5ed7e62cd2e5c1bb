import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applicationRole } from "./migrate.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

/** History: what the application may add and read, and never change. */
const insertOnly = [
  "ledger_entry",
  "order_event",
  "payment_event",
  "ticket_event",
  "ticket_epoch",
  "scanner_record",
  "audit_entry",
  "audit_seal",
];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const denied = { code: "42501" };

test.each([
  "create table mine (id int)",
  "create schema mine",
  "create function mine() returns int language sql as 'select 1'",
  "alter table account add column mine int",
  "drop table account",
  "truncate ledger_entry",
  "create temporary table mine (id int)",
  "set role tessera_owner",
  "delete from kysely_migration",
  "update organiser_key set state = 'compromised'",
  "update kek set state = 'active'",
  "update scan_decision set admit = true",
  "delete from scan_decision",
])("the application's role may not: %s", async (statement) => {
  await expect(sql.raw(statement).execute(database.db)).rejects.toMatchObject(denied);
});

test.each(insertOnly)("%s: the application reads and adds, and changes nothing", async (table) => {
  const name = sql.table(table);
  await expect(sql`select count(*) from ${name}`.execute(database.db)).resolves.toBeDefined();
  await expect(sql`delete from ${name}`.execute(database.db)).rejects.toMatchObject(denied);
  const columns = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table}`.execute(database.ownerDb);
  expect(columns.rows.length).toBeGreaterThan(0);
  for (const column of columns.rows) {
    const update = sql`update ${name} set ${sql.ref(column.name)} = default`;
    await expect(update.execute(database.db)).rejects.toMatchObject(denied);
  }
  const { rows } = await sql<{ inserts: boolean }>`
    select has_table_privilege(${applicationRole}, ${table}, 'insert') as inserts`.execute(database.ownerDb);
  expect(rows).toEqual([{ inserts: true }]);
});

test("the application's role is no superuser, makes no databases or roles and belongs to no other role", async () => {
  const { rows } = await sql`
    select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
      (select count(*) from pg_auth_members where member = pg_roles.oid) as memberships
    from pg_roles where rolname in (${applicationRole}, 'tessera_owner') order by rolname`.execute(database.ownerDb);
  const harmless = {
    rolsuper: false,
    rolcreatedb: false,
    rolcreaterole: false,
    rolreplication: false,
    rolbypassrls: false,
    memberships: 0,
  };
  expect(rows).toEqual([harmless, harmless]);
});

test("every table belongs to the owner, and none is open to everybody", async () => {
  const { rows } = await sql`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'S')
      and (relowner <> 'tessera_owner'::regrole
        or exists (select 1 from aclexplode(relacl) where grantee = 0))`.execute(database.ownerDb);
  expect(rows).toEqual([]);
});
