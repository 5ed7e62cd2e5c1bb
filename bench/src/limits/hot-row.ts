import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type pg from "pg";

/**
 * The textbook: one SQL function a purchase locks the pool's row, counts, and writes an order and its two seats. No
 * accounts, no limits, no idempotency, no history: less than any product has to do.
 */
const schema = `
  drop schema if exists hot_row cascade;
  create schema hot_row;
  create table hot_row.pool (
    id integer primary key,
    capacity integer not null,
    taken integer not null default 0 check (taken <= capacity)
  ) with (fillfactor = 50);
  create table hot_row.purchase (
    id uuid primary key default gen_random_uuid(),
    pool_id integer not null,
    created_at timestamptz not null default now()
  );
  create table hot_row.seat (
    purchase_id uuid not null references hot_row.purchase,
    number smallint not null,
    primary key (purchase_id, number)
  );
  create function hot_row.buy(wanted integer) returns uuid language plpgsql as $$
    declare
      bought uuid;
    begin
      update hot_row.pool set taken = taken + 2 where id = wanted and taken + 2 <= capacity;
      if not found then raise 'sold out'; end if;
      insert into hot_row.purchase (pool_id) values (wanted) returning id into bought;
      insert into hot_row.seat (purchase_id, number) values (bought, 1), (bought, 2);
      return bought;
    end $$;
  insert into hot_row.pool (id, capacity) values (1, 1000000000)`;

export async function prepareHotRow(owner: pg.Pool): Promise<void> {
  await owner.query(schema);
}

const run = promisify(execFile);
const child = path.join(import.meta.dirname, "hot-row.child.ts");

/** Purchases a second through that function by so many plain connections, driven by a process of its own. */
export async function hotRowPerSecond(ownerUrl: string, connections: number, seconds: number): Promise<number> {
  const { stdout } = await run(process.execPath, [child, ownerUrl, String(connections), String(seconds)]);
  return Number(stdout);
}
