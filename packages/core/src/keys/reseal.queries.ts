import type { Database } from "@tessera/db";
import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { type KekKind, kekIdOf, kekNameOf } from "./keyring.ts";
import { type SealedColumn, sealedColumns } from "./sealed-columns.ts";

export const sealedColumnsOf = (kind: KekKind): SealedColumn[] =>
  sealedColumns.filter((column) => column.kind === kind);

/** The id of the KEK in a sealed value's header (pass/issuer/envelope.ts); null for what is erased. */
const sealedBy = ({ column }: SealedColumn): RawBuilder<string | null> => sql<string | null>`
  case when octet_length(${sql.ref(column)}) > 2
    then encode(substring(${sql.ref(column)} from 3 for get_byte(${sql.ref(column)}, 1)), 'escape') end`;

const isOfKind = ({ only }: SealedColumn): RawBuilder<boolean> =>
  only === undefined ? sql<boolean>`true` : sql<boolean>`${sql.ref(only.column)} = ${only.value}`;

/** How many values each KEK of a kind seals, by its id. Reads the whole of the tables. */
export async function countSealedRows(db: Kysely<Database>, kind: KekKind): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const column of sealedColumnsOf(kind)) {
    const { rows } = await sql<{ kek: string; values: number }>`
      select ${sealedBy(column)} as kek, count(*) as values from ${sql.table(column.table)}
      where ${isOfKind(column)} and ${sealedBy(column)} is not null
      group by 1`.execute(db);
    for (const row of rows) {
      const id = kekIdOf(kind, row.kek) ?? 0;
      counts.set(id, (counts.get(id) ?? 0) + row.values);
    }
  }
  return counts;
}

export type SealedRow = { key: string[]; sealed: Buffer };

/**
 * Locks the next rows of a column, in the order of their primary keys, that another KEK than this one has sealed. Rows
 * that somebody is at work on are left out: nobody waits for us, and so there is no deadlock either.
 */
export async function lockSealedRows(
  trx: Transaction<Database>,
  column: SealedColumn,
  { kekId, after, most }: { kekId: number; after: readonly string[] | undefined; most: number },
): Promise<SealedRow[]> {
  const names = sql.join(column.key.map(({ name }) => sql.ref(name)));
  const asText = sql.join(column.key.map(({ name }) => sql`${sql.ref(name)}::text`));
  const cursor = column.key.map(({ type }, index) => sql`${after?.[index]}::${sql.raw(type)}`);
  const { rows } = await sql<SealedRow>`
    select array[${asText}] as key, ${sql.ref(column.column)} as sealed from ${sql.table(column.table)}
    where ${isOfKind(column)} and ${sealedBy(column)} <> ${kekNameOf(column.kind, kekId)}
      and ${after === undefined ? sql`true` : sql`(${names}) > (${sql.join(cursor)})`}
    order by ${names} limit ${most}
    for no key update skip locked`.execute(trx);
  return rows;
}

/** Puts new values in the place of those of rows that `lockSealedRows` has locked. */
export async function updateSealedRows(
  trx: Transaction<Database>,
  column: SealedColumn,
  rows: readonly SealedRow[],
): Promise<void> {
  const names = column.key.map((_, index) => `key_${index}`);
  const values = column.key.map(({ type }, index) => sql`${rows.map(({ key }) => key[index])}::${sql.raw(type)}[]`);
  const matches = column.key.map(
    ({ name }, index) => sql`target.${sql.ref(name)} = given.${sql.ref(names[index] ?? "")}`,
  );
  await sql`
    update ${sql.table(column.table)} as target set ${sql.ref(column.column)} = given.sealed
    from unnest(${sql.join(values)}, ${rows.map(({ sealed }) => sealed)}::bytea[])
      as given(${sql.raw(names.join(", "))}, sealed)
    where ${sql.join(matches, sql` and `)}`.execute(trx);
}
