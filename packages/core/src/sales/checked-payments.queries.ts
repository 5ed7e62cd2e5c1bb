import type { Locale } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, sql } from "kysely";

/** A payment about which its provider is asked. */
export type CheckedPayment = {
  id: string;
  order_id: string;
  reference: string;
  provider: string;
  state: string;
  amount_cents: number;
  locale: Locale;
  page_expires_at: Date;
  provider_page_id: string | null;
};

const checkedColumns = sql.raw(
  [
    ...["id", "order_id", "provider", "state", "amount_cents", "locale", "page_expires_at", "provider_page_id"].map(
      (column) => `payment.${column}`,
    ),
    `"order".reference`,
  ].join(", "),
);

/**
 * Takes the next payment of the provider whose page is to be closed, since its time is over, and marks it as asked about,
 * so that others take other ones. Asked about since then, it waits as long again as it has waited: 10 seconds at least, a
 * minute at most. So pages that cannot be closed do not stand in the way of the others.
 */
export async function claimOverduePayment(
  db: Kysely<Database>,
  { provider, now }: { provider: string; now: Date },
): Promise<CheckedPayment | undefined> {
  const { rows } = await sql<CheckedPayment>`
    update payment set checked_at = ${now}
    from "order"
    where "order".id = payment.order_id and payment.id = (
      select id from payment
      where state = 'pending' and settled_at is null and provider = ${provider} and page_expires_at <= ${now}
        and (checked_at is null or checked_at < page_expires_at
          or checked_at + greatest(least(checked_at - page_expires_at, interval '1 minute'), interval '10 seconds')
            <= ${now})
      order by page_expires_at
      limit 1
      for no key update skip locked)
    returning ${checkedColumns}`.execute(db);
  return rows[0];
}

/**
 * Takes the next payment of the provider that nobody has told us about since `quietSince`. Those whose page is to be closed
 * are left to `claimOverduePayment`; those that we ended without knowing belong here until the provider has said what
 * became of them.
 */
export async function claimQuietPayment(
  db: Kysely<Database>,
  { provider, now, quietSince }: { provider: string; now: Date; quietSince: Date },
): Promise<CheckedPayment | undefined> {
  const { rows } = await sql<CheckedPayment>`
    update payment set checked_at = ${now}
    from "order"
    where "order".id = payment.order_id and payment.id = (
      select id from payment
      where settled_at is null and provider = ${provider} and coalesce(checked_at, created_at) <= ${quietSince}
        and (state <> 'pending' or page_expires_at > ${now})
      order by coalesce(checked_at, created_at)
      limit 1
      for no key update skip locked)
    returning ${checkedColumns}`.execute(db);
  return rows[0];
}

/**
 * Payments under way whose page ended so long ago: of other providers than the one in use, and of that one too if
 * `ofAll`.
 */
export async function selectUnheardPayments(
  db: Kysely<Database>,
  { provider, ofAll, endedBefore, limit }: { provider: string; ofAll: boolean; endedBefore: Date; limit: number },
) {
  return db
    .selectFrom("payment")
    .select(["id", "order_id"])
    .where("state", "=", "pending")
    .where("settled_at", "is", null)
    .where("page_expires_at", "<=", endedBefore)
    .$if(!ofAll, (query) => query.where("provider", "<>", provider))
    .orderBy("page_expires_at")
    .limit(limit)
    .execute();
}

/** Whether the provider has said since then how a payment ended. */
export async function isHeardOf(
  db: Kysely<Database>,
  { provider, since }: { provider: string; since: Date },
): Promise<boolean> {
  const heard = await db
    .selectFrom("payment")
    .select("id")
    .where("provider", "=", provider)
    .where("settled_at", ">", since)
    .limit(1)
    .executeTakeFirst();
  return heard !== undefined;
}

/** How many payments have not been settled, and refunds not paid, of providers that are not in use any more. */
export async function countStranded(
  db: Kysely<Database>,
  provider: string,
): Promise<{ payments: number; refunds: number }> {
  const { rows } = await sql<{ payments: number; refunds: number }>`
    select
      (select count(*)::integer from payment where settled_at is null and provider <> ${provider}) as payments,
      (select count(*)::integer from refund join payment on payment.id = refund.payment_id
        where refund.state in ('requested', 'sent') and payment.provider <> ${provider}) as refunds`.execute(db);
  return rows[0] ?? { payments: 0, refunds: 0 };
}
