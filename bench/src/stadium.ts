import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { createStaffAccount } from "@tessera/core";
import { uuidFromBytes } from "@tessera/pass";
import type { Bench } from "./bench.ts";

/** A competition session that is sold out and half full, written as rows: buying so much would take an hour. */
export type Stadium = { competitionSessionId: string; ticketIds: readonly string[] };

/** As PostgreSQL is given them at once. */
const rowsAtOnce = 10_000;
const ticketsAnOrder = 3;
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** @param where the competition session; without it one with the most gates */
export async function fillStadium({ ctx, owner }: Bench, count: number, where: string | null = null): Promise<Stadium> {
  const { rows } = await owner.query<{ id: string; offer_id: string }>(
    `select competition_session.id, (select id from offer limit 1) as offer_id
     from competition_session join gate on gate.venue_id = competition_session.venue_id
     where competition_session.id = coalesce($1, competition_session.id)
     group by competition_session.id order by count(*) desc, competition_session.id limit 1`,
    [where],
  );
  const [place] = rows;
  if (place === undefined) throw new Error("the programme has no gate");
  const account = await createStaffAccount(ctx, {
    email: `${randomUUID()}@bench.test`,
    password: "marble torch over the river",
    displayName: "A Buyer",
    locale: "fr",
    role: "visitor",
  });
  const ticketIds: string[] = [];
  for (let from = 0; from < count; from += rowsAtOnce) {
    ticketIds.push(...(await fill(owner, { ...place, accountId: account.id }, Math.min(rowsAtOnce, count - from))));
  }
  const inside = ticketIds.filter((_, index) => index % 2 === 0);
  const stadium = { competitionSessionId: place.id, ticketIds };
  await letIn(owner, { ...stadium, ticketIds: inside });
  await owner.query("analyze");
  return stadium;
}

type Place = { id: string; offer_id: string; accountId: string };

async function fill(owner: Bench["owner"], { id, offer_id, accountId }: Place, count: number): Promise<string[]> {
  const orders = Array.from({ length: Math.ceil(count / ticketsAnOrder) }, () => ({ id: newId(), line: randomUUID() }));
  await owner.query(
    `insert into "order" (id, reference, account_id, state, total_cents, hold_expires_at, created_at, paid_at)
      select id, reference, $3, 'paid', 0, now(), now(), now() from unnest($1::uuid[], $2::text[]) as o (id, reference)`,
    [orders.map((order) => order.id), orders.map(newReference), accountId],
  );
  await owner.query(
    `insert into order_line (id, order_id, offer_id, quantity, unit_price_cents)
      select line, id, $3, 1, 0 from unnest($1::uuid[], $2::uuid[]) as o (id, line)`,
    [orders.map((order) => order.id), orders.map(({ line }) => line), offer_id],
  );
  const tickets = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    order: orders[Math.floor(index / ticketsAnOrder)],
  }));
  const ids = tickets.map((ticket) => ticket.id);
  await owner.query(
    `insert into ticket (competition_session_id, id, reference, order_id, order_line_id, offer_id, category, zone,
        price_cents, tax_cents, holder_account_id, holder_name, state, epoch, created_at)
      select $1, id, reference, order_id, line, $2, category, zone, 0, 0, $3, name, 'issued', 1, now()
      from unnest($4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::int[], $10::text[])
        as t (id, reference, order_id, line, category, zone, name)`,
    [
      id,
      offer_id,
      accountId,
      ids,
      ids.map(newReference),
      tickets.map(({ order }) => order?.id),
      tickets.map(({ order }) => order?.line),
      ids.map(() => "ABCDE".charAt(randomInt(5))),
      ids.map(() => randomInt(1, 5)),
      ids.map(newName),
    ],
  );
  await owner.query(epochs, [id, ids, 1, accountId, ids.map(() => randomBytes(32))]);
  return ids;
}

const epochs = `
  insert into ticket_epoch (competition_session_id, ticket_id, epoch, holder_account_id, sealed_purchase_key,
      issuer_key_id, token_key_id, flags, valid_from, valid_until, pass_sha256, created_at)
    select $1, id, $3, $4, '\\x00', 1, 1, 0, now(), now() + interval '1 day', pass, now()
    from unnest($2::uuid[], $5::bytea[]) as e (id, pass)`;

/** Everybody goes in at some gate of the venue, over two hours. */
export async function letIn(owner: Bench["owner"], { competitionSessionId, ticketIds }: Stadium): Promise<void> {
  const scans = ticketIds.map(newId);
  await owner.query(
    `insert into scan (competition_session_id, id, ticket_id, gate_id, account_id, scanned_at, received_at, through)
      select $1, s.id, ticket_id, gates.id, holder_account_id, at, at, true
      from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as s (id, ticket_id, at)
        join ticket on ticket.id = s.ticket_id and ticket.competition_session_id = $1
        cross join lateral (
          select gate.id from gate join competition_session on competition_session.venue_id = gate.venue_id
          where competition_session.id = $1 order by md5(gate.id::text || s.id::text) limit 1) as gates`,
    [competitionSessionId, scans, ticketIds, ticketIds.map(() => new Date(Date.now() - randomInt(7_200_000)))],
  );
  await owner.query(
    `insert into passage (competition_session_id, ticket_id, direction, ordinal, scan_id, gate_id, at)
      select competition_session_id, ticket_id, 'in', 1, id, gate_id, scanned_at from scan where id = any($1::uuid[])`,
    [scans],
  );
}

/** Each is activated again, on another device. */
export async function activateAnew(owner: Bench["owner"], { competitionSessionId, ticketIds }: Stadium): Promise<void> {
  const { rows } = await owner.query<{ holder_account_id: string }>(
    "update ticket set epoch = 2 where id = any($1::uuid[]) returning holder_account_id",
    [ticketIds],
  );
  const passes = ticketIds.map(() => randomBytes(32));
  await owner.query(epochs, [competitionSessionId, ticketIds, 2, rows[0]?.holder_account_id, passes]);
}

/** A UUIDv7, as the product makes them. */
function newId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 15), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 63), 8);
  return uuidFromBytes(bytes);
}

const newReference = (): string => Array.from(randomBytes(10), (byte) => crockford.charAt(byte & 31)).join("");

const first = "Camille Noor Zoé Louis Emma Gabriel Léa Raphaël Inès Adam Chloé Jules Manon Hugo Sarah Nathan".split(
  " ",
);
const syllables = "mar ti du pont le fè vre gar cia mo reau ber nard ro ux si mon lau rent pe tit dur and ba".split(
  " ",
);
/** About as many different names as a stadium has. */
function newName(): string {
  const surname = Array.from({ length: randomInt(2, 5) }, () => syllables[randomInt(syllables.length)]).join("");
  return `${first[randomInt(first.length)]} ${surname.charAt(0).toUpperCase()}${surname.slice(1)}`;
}
