import { createHash } from "node:crypto";
import { type Random } from "@tessera/chaos/random";
import { type Actor, type CoreContext, loadOrganiserKeys, type RandomBytes } from "@tessera/core";
import { registerVisitor } from "@tessera/core/testing";
import type { Database } from "@tessera/db";
import {
  deriveEpochToken,
  deriveTicketKey,
  generateSigningSeed,
  issuePass,
  loadSigningKey,
} from "@tessera/pass/issuer";
import { type Kysely, sql } from "kysely";
import { v7 } from "uuid";
import type { IssuedTicket, Party } from "../world/ticket.ts";
import { category, type Venue, zones } from "./venue.ts";

type Holder = Actor & { email: string };

const ticketsAHolder = 60;
const sizes = [1, 1, 2, 2, 2, 3, 4, 4] as const;
const paperShare = 0.03;
const epoch = 1;

/**
 * So many tickets as rows, each activated on its party's phone or printed, with passes and seals as the product makes them:
 * to buy and activate each by itself would take longer than all that is simulated.
 */
export async function issueTickets(
  ctx: CoreContext,
  ownerDb: Kysely<Database>,
  venue: Venue,
  { count, random, bytes }: { count: number; random: Random; bytes: RandomBytes },
): Promise<IssuedTicket[]> {
  const issue = await openIssuer(ctx, venue, bytes);
  const issued: IssuedTicket[] = [];
  while (issued.length < count) {
    const holder = await registerVisitor(ctx);
    const accountKey = await accountKeyOf(ctx, ownerDb, holder.accountId);
    const rows: Row[] = [];
    for (let own = 0; own < ticketsAHolder;) {
      const party = makeParty(holder, { random, bytes });
      const size = random.pick(sizes);
      const zone = random.pick(zones);
      const orderLineId = newId(ctx, bytes);
      for (let place = 0; place < size; place += 1) {
        const made = issue(party, { zone, accountKey, orderLineId, quantity: size });
        rows.push(made.row);
        issued.push(made.ticket);
      }
      own += size;
    }
    await insert(ownerDb, venue, rows, ctx.clock());
  }
  const { competitionSessionId } = venue;
  await sql`
    update seat_pool set taken = ${issued.length} where competition_session_id = ${competitionSessionId}`.execute(
    ownerDb,
  );
  await sql`analyze`.execute(ownerDb);
  return issued;
}

function makeParty(holder: Holder, { random, bytes }: { random: Random; bytes: RandomBytes }): Party {
  const paper = random.chance(paperShare);
  return {
    holder,
    orderId: v7({ msecs: 0, random: bytes(16) }),
    orderReference: newReference(bytes),
    device: paper ? null : loadSigningKey(generateSigningSeed()),
    // Most phones follow the server's clock to a second or two.
    clockErrorMs: (random.next() + random.next() - 1) * (random.chance(0.05) ? 8000 : 2000),
  };
}

type Row = {
  order_id: string;
  order_reference: string;
  order_line_id: string;
  quantity: number;
  holder_id: string;
  id: string;
  reference: string;
  zone: number;
  events: readonly string[];
  sealed: readonly [string, string];
  device: string | null;
  flags: number;
  pass: string;
};

async function openIssuer(ctx: CoreContext, venue: Venue, bytes: RandomBytes) {
  const keys = await loadOrganiserKeys(ctx);
  const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
  return (
    party: Party,
    {
      zone,
      accountKey,
      orderLineId,
      quantity,
    }: { zone: number; accountKey: Buffer; orderLineId: string; quantity: number },
  ): { ticket: IssuedTicket; row: Row } => {
    const ticketId = newId(ctx, bytes);
    const purchaseKey = bytes(32);
    const seal = (of: number): string =>
      ctx.keyring
        .seal("purchase", purchaseKey, {
          table: "ticket_epoch",
          column: "sealed_purchase_key",
          rowId: ticketId,
          epoch: of,
        })
        .toString("hex");
    const pass = issuePass(
      {
        issuerKeyId: keys.issuer.id,
        ticketId,
        competitionSessionNumber: venue.number,
        zone,
        category,
        epoch,
        validFrom: seconds(venue.window.opensAt),
        validUntil: seconds(venue.window.closesAt),
        paper: party.device === null,
        softKey: false,
        wheelchair: false,
        child: false,
        devicePublicKey: party.device?.publicKey ?? null,
        epochToken: deriveEpochToken(keys.token.key, ticketId, epoch),
      },
      {
        ticketKey: deriveTicketKey(accountKey, purchaseKey, ticketId, epoch),
        issuerKey: keys.issuer.key,
        gamesId: ctx.policy.gamesId,
      },
    );
    const ticket = { ticketId, reference: newReference(bytes), zone, party, pass };
    const row = {
      order_id: party.orderId,
      order_reference: party.orderReference,
      order_line_id: orderLineId,
      quantity,
      holder_id: party.holder.accountId,
      id: ticketId,
      reference: ticket.reference,
      zone,
      events: [newId(ctx, bytes), newId(ctx, bytes)],
      sealed: [seal(0), seal(epoch)] as const,
      device: party.device === null ? null : Buffer.from(party.device.publicKey).toString("hex"),
      flags: party.device === null ? 1 : 0,
      pass: createHash("sha256").update(pass).digest("hex"),
    };
    return { ticket, row };
  };
}

async function accountKeyOf({ keyring }: CoreContext, ownerDb: Kysely<Database>, accountId: string): Promise<Buffer> {
  const { sealed_account_key } = await ownerDb
    .selectFrom("account")
    .select("sealed_account_key")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  const place = { table: "account", column: "sealed_account_key", rowId: accountId, epoch: 0 };
  return keyring.open("account", sealed_account_key, place);
}

/** One statement for all that belongs to some tickets. */
async function insert(ownerDb: Kysely<Database>, venue: Venue, rows: readonly Row[], at: Date): Promise<void> {
  const { competitionSessionId: session, offerId, window } = venue;
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (order_id uuid, order_reference text,
        order_line_id uuid, quantity smallint, holder_id uuid, id uuid, reference text, zone smallint, events jsonb,
        sealed jsonb, device text, flags smallint, pass text)),
    orders as (
      insert into "order" (id, reference, account_id, state, total_cents, hold_expires_at, created_at, paid_at)
        select distinct order_id, order_reference, holder_id, 'paid', quantity * 100, ${at}::timestamptz,
          ${at}::timestamptz, ${at}::timestamptz from given),
    lines as (
      insert into order_line (id, order_id, offer_id, quantity, unit_price_cents)
        select distinct order_line_id, order_id, ${offerId}::uuid, quantity, 100 from given),
    tickets as (
      insert into ticket (competition_session_id, id, reference, order_id, order_line_id, offer_id, category, zone,
          price_cents, tax_cents, holder_account_id, holder_name, state, epoch, created_at)
        select ${session}::uuid, id, reference, order_id, order_line_id, ${offerId}::uuid, ${category}, zone, 100, 0,
          holder_id, 'Camille ' || reference, 'issued', ${epoch}, ${at}::timestamptz from given),
    events as (
      insert into ticket_event (competition_session_id, ticket_id, id, kind, epoch, at)
        select ${session}::uuid, given.id, (events->>place)::uuid, kind, place, ${at}::timestamptz
        from given, (values (0, 'issued'), (1, 'activated')) as happened (place, kind))
    insert into ticket_epoch (competition_session_id, ticket_id, epoch, holder_account_id, sealed_purchase_key,
        device_public_key, pass_sha256, flags, issuer_key_id, token_key_id, valid_from, valid_until, created_at)
      select ${session}::uuid, given.id, of, holder_id, decode(sealed->>of, 'hex'),
        case of when 1 then decode(device, 'hex') end, case of when 1 then decode(pass, 'hex') end,
        case of when 1 then flags end, case of when 1 then 1 end, case of when 1 then 1 end,
        case of when 1 then ${window.opensAt}::timestamptz end, case of when 1 then ${window.closesAt}::timestamptz end,
        ${at}::timestamptz
      from given, generate_series(0, 1) as of`.execute(ownerDb);
}

const newId = ({ clock }: Pick<CoreContext, "clock">, bytes: RandomBytes): string =>
  v7({ msecs: clock().getTime(), random: bytes(16) });

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const newReference = (bytes: RandomBytes): string => [...bytes(10)].map((byte) => alphabet.charAt(byte & 31)).join("");
