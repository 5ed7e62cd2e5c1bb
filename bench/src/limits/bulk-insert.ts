import type pg from "pg";

/** In the order in which they refer to each other. */
const tables = ["games", "venue", "gate", "competition_session", "seat_pool", "offer", "offer_entry"];

/** The rows of the catalogue's tables, each table as one JSON text. */
export type CatalogueRows = ReadonlyMap<string, string>;

export async function readCatalogueRows(owner: pg.Pool): Promise<CatalogueRows> {
  const rows = new Map<string, string>();
  for (const table of tables) {
    const found = await owner.query<{ rows: string }>(`select json_agg(one)::text as rows from ${table} one`);
    rows.set(table, found.rows[0]?.rows ?? "[]");
  }
  return rows;
}

/** Empties the catalogue, and with it everything that was sold from it. */
export async function emptyCatalogue(owner: pg.Pool): Promise<void> {
  await owner.query(`truncate ${tables.join(", ")} cascade`);
}

/** The limit of an import: the very rows that it ends with, known beforehand, one plain statement a table. */
export async function bulkInsert(owner: pg.Pool, rows: CatalogueRows): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    for (const [table, json] of rows) {
      const insert = `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1)`;
      await client.query(insert, [json]);
    }
    await client.query("commit");
  } finally {
    client.release();
  }
}
