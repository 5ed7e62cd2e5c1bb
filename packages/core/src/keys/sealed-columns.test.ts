import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kekKinds } from "./keyring.ts";
import { sealedColumns } from "./sealed-columns.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("knows every sealed column of the schema", async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' and column_name like '%sealed%'`.execute(database.db);
  const known = new Set(sealedColumns.map(({ table, column }) => `${table}.${column}`));
  expect(new Set(rows.map(({ name }) => name))).toEqual(known);
  expect(new Set(sealedColumns.map(({ kind }) => kind))).toEqual(new Set(kekKinds));
});
