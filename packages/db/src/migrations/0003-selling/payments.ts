import { type Kysely, sql } from "kysely";

/** What the provider calls a payment, until when its page lives, refunds in part, and the history of both. */
export async function extendPayments(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table payment
      drop constraint payment_state_check,
      add constraint payment_state_check check (
        state in ('pending', 'succeeded', 'refused', 'abandoned', 'expired', 'partly_refunded', 'refunded')),
      -- The key of the wish stands with its answer, in idempotency_key.
      drop column idempotency_key,
      -- Until when the provider's page can be paid.
      add column page_expires_at timestamptz,
      -- The provider's own name for its page; null until it has answered.
      add column provider_page_id text,
      -- The provider's own name for the money; null until it is there.
      add column provider_payment_id text,
      -- When the provider was last asked what became of it.
      add column checked_at timestamptz,
      -- What its page is written in: asked for again, it is asked for in the same words.
      add column locale text not null default 'fr' constraint payment_locale_check check (locale in ('fr', 'en'))`.execute(
    db,
  );
  await sql`alter table payment alter column locale drop default`.execute(db);
  await sql`
    update payment set page_expires_at = "order".hold_expires_at
    from "order" where "order".id = payment.order_id`.execute(db);
  await sql`alter table payment alter column page_expires_at set not null`.execute(db);
  // Pages that are to be closed when their time is over.
  await sql`
    create index payment_pending_idx on payment (page_expires_at) where state = 'pending' and settled_at is null`.execute(
    db,
  );
  // Of these we have yet to hear from the provider; also one whose seats were given back while nobody could be asked.
  await sql`
    create index payment_unsettled_idx on payment (provider, coalesce(checked_at, created_at))
    where settled_at is null`.execute(db);
  // When a provider was last heard of.
  await sql`create index payment_settled_idx on payment (provider, settled_at)`.execute(db);
  await sql`create index payment_order_idx on payment (order_id)`.execute(db);
  await sql`
    create table payment_history (
      payment_id uuid not null constraint payment_history_payment_fkey references payment,
      id uuid not null,
      state text not null,
      at timestamptz not null,
      constraint payment_history_pkey primary key (payment_id, id)
    )`.execute(db);
  // What is known of payments that were made before there was a history.
  await sql`
    insert into payment_history (payment_id, id, state, at)
    select id, gen_random_uuid(), 'pending', created_at from payment
    union all
    select id, gen_random_uuid(), state, coalesce(settled_at, created_at) from payment where state <> 'pending'`.execute(
    db,
  );
  await sql`
    alter table payment_event
      add column refund_id uuid constraint payment_event_refund_fkey references refund,
      drop constraint payment_event_kind_check,
      add constraint payment_event_kind_check check (
        kind in ('succeeded', 'refused', 'abandoned', 'expired', 'refund_succeeded', 'refund_failed'))`.execute(db);
  await sql`
    alter table refund
      drop constraint refund_payment_key,
      drop constraint refund_state_check,
      add constraint refund_state_check check (state in ('requested', 'sent', 'succeeded', 'failed')),
      drop constraint refund_reason_check,
      add constraint refund_reason_check check (reason in (
        'no_seats_left', 'limit_reached', 'not_on_sale', 'paid_twice', 'account_deleted', 'organiser')),
      -- The admin who wanted it; null where nobody asked.
      add column requested_by uuid constraint refund_requested_by_fkey references account,
      -- The key of that wish: tried again after a crash, it finds what it has done.
      add column idempotency_key uuid,
      -- Why, in the organiser's words.
      add column note text,
      add column provider_refund_id text,
      add constraint refund_idempotency_key unique (requested_by, idempotency_key)`.execute(db);
  await sql`create index refund_payment_idx on refund (payment_id)`.execute(db);
  await sql`create index refund_open_idx on refund (created_at) where state in ('requested', 'sent')`.execute(db);
  await sql`
    create table refund_history (
      refund_id uuid not null constraint refund_history_refund_fkey references refund,
      id uuid not null,
      state text not null,
      at timestamptz not null,
      constraint refund_history_pkey primary key (refund_id, id)
    )`.execute(db);
  await sql`
    insert into refund_history (refund_id, id, state, at)
    select id, gen_random_uuid(), 'requested', created_at from refund
    union all
    select id, gen_random_uuid(), state, coalesce(settled_at, created_at) from refund where state <> 'requested'`.execute(
    db,
  );
  // A payment says itself how much of it goes back. Before, one refund was all of its payment, and the payment said so once
  // it was sent.
  await sql`
    insert into payment_history (payment_id, id, state, at)
    select payment.id, gen_random_uuid(), 'refunded', greatest(refund.created_at, payment.settled_at)
    from payment join refund on refund.payment_id = payment.id
    where payment.state <> 'refunded'`.execute(db);
  await sql`
    update payment set state = 'refunded'
    from refund where refund.payment_id = payment.id and payment.state <> 'refunded'`.execute(db);
  // A ticket is paid back once.
  await sql`
    create table refund_ticket (
      competition_session_id uuid not null,
      ticket_id uuid not null,
      refund_id uuid not null constraint refund_ticket_refund_fkey references refund,
      constraint refund_ticket_pkey primary key (competition_session_id, ticket_id),
      constraint refund_ticket_ticket_fkey foreign key (competition_session_id, ticket_id) references ticket
    )`.execute(db);
  await sql`create index refund_ticket_refund_idx on refund_ticket (refund_id)`.execute(db);
  // The demo provider's own books: it lives in our process, and must know after a crash what was paid.
  await sql`
    create table demo_checkout (
      payment_id uuid constraint demo_checkout_pkey primary key,
      state text not null constraint demo_checkout_state_check check (
        state in ('open', 'paid', 'refused', 'abandoned', 'expired')),
      amount_cents integer not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`
    create table demo_refund (
      refund_id uuid constraint demo_refund_pkey primary key,
      payment_id uuid not null constraint demo_refund_checkout_fkey references demo_checkout,
      amount_cents integer not null
    )`.execute(db);
  // It kept no books before: they are what our payments say, so that what was paid can be paid back.
  await sql`
    insert into demo_checkout (payment_id, state, amount_cents, expires_at)
    select id, case state when 'pending' then 'open' when 'succeeded' then 'paid' when 'refunded' then 'paid' else state end, amount_cents, page_expires_at
    from payment where provider = 'demo'`.execute(db);
  await sql`
    insert into demo_refund (refund_id, payment_id, amount_cents)
    select refund.id, payment_id, refund.amount_cents
    from refund join payment on payment.id = refund.payment_id
    where provider = 'demo' and refund.state = 'succeeded'`.execute(db);
}
