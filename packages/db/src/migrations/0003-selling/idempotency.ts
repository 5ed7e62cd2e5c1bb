import { type Kysely, sql } from "kysely";

/**
 * The key of a wish that costs something, with the answer that was given. Without an answer the wish is under way, since
 * `claimed_at`; a refusal ends its key. An order that was reserved before stored answers gets the one it was given.
 */
export async function extendIdempotency(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table idempotency_key
      add column operation text not null default 'reserve',
      -- Not jsonb, which puts the fields in an order of its own: the same answer is the same to the letter.
      add column answer json,
      add column claimed_at timestamptz`.execute(db);
  await sql`
    update idempotency_key set answer = json_build_object(
      'orderId', "order".id,
      'reference', "order".reference,
      'currency', 'EUR',
      'totalCents', "order".total_cents,
      'holdExpiresAt', to_char("order".created_at at time zone 'UTC' + interval '15 minutes',
        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'lines', (
        select json_agg(json_build_object(
          'offerId', offer_id, 'quantity', quantity, 'granted', quantity, 'refusal', null) order by id)
        from order_line where order_line.order_id = "order".id))
    from "order" where "order".id = idempotency_key.order_id`.execute(db);
  await sql`alter table idempotency_key alter column operation drop default, drop column order_id`.execute(db);
  await sql`
    alter table idempotency_key
      add constraint idempotency_key_state_check check ((answer is null) <> (claimed_at is null))`.execute(db);
  // For those that are forgotten. Not brin: a range of pages that is written anew would keep the moments of the old rows.
  await sql`create index idempotency_key_created_idx on idempotency_key (created_at)`.execute(db);
}
