import { randomBytes, randomUUID } from "node:crypto";
import { verifySignature } from "@tessera/pass";
import { generateSigningSeed, loadSigningKey, signMessage } from "@tessera/pass/issuer";
import pg from "pg";
import { ratePerSecond } from "../measure.ts";

/** A ticket, and a row for each of its epochs: no challenges, no sealed keys, no history. */
const schema = `
  drop schema if exists raw_activation cascade;
  create schema raw_activation;
  create table raw_activation.ticket (id uuid primary key, epoch integer not null);
  create table raw_activation.ticket_epoch (
    ticket_id uuid not null references raw_activation.ticket,
    epoch integer not null,
    device_public_key bytea not null,
    pass_digest bytea not null,
    primary key (ticket_id, epoch)
  )`;
/** Prepared: the server parses it once a connection. */
const activate = {
  name: "activate",
  text: `with raised as (
      update raw_activation.ticket set epoch = epoch + 1 where id = $1 and epoch = $2 returning id, epoch
    )
    insert into raw_activation.ticket_epoch select id, epoch, $3, $4 from raised`,
};

/**
 * The limit of activating: one signature verified, one made, and one statement that raises the ticket's epoch where it is
 * as expected and writes the new one, on disk before the next.
 *
 * @param tickets enough for the whole time: each is activated once
 * @returns how many a second
 */
export async function rawActivationsPerSecond(
  ownerUrl: string,
  { tickets, inFlight, seconds }: { tickets: number; inFlight: number; seconds: number },
): Promise<number> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: inFlight });
  try {
    await pool.query(schema);
    const waiting = Array.from({ length: tickets }, () => randomUUID());
    await pool.query("insert into raw_activation.ticket select unnest($1::uuid[]), 0", [waiting]);
    const key = loadSigningKey(generateSigningSeed());
    const message = randomBytes(99);
    const signature = signMessage(key, message);
    return await ratePerSecond({ inFlight, seconds }, async () => {
      const ticketId = waiting.pop();
      if (ticketId === undefined) throw new Error("there were not enough tickets");
      if (!(await verifySignature(key.publicKey, message, signature))) throw new Error("a signature is not good");
      const pass = signMessage(key, message);
      const { rowCount } = await pool.query({
        ...activate,
        values: [ticketId, 0, key.publicKey, pass.subarray(0, 32)],
      });
      if (rowCount !== 1) throw new Error("an activation wrote nothing");
      return true;
    });
  } finally {
    await pool.end();
  }
}
