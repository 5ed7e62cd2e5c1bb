import type { OrderState } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { type Kysely, type RawBuilder, sql } from "kysely";

export type OrderFilter = {
  /** A reference as it is written; null for what cannot be one. */
  reference: string | null;
  /** The beginning of an address in lower case; empty for everybody. */
  emailPrefix: string;
  /** Beginnings of words of a name. */
  nameWords: readonly string[];
  state: OrderState | undefined;
};

/** How far a search counts. */
const most = 10_000;

const literally = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Each branch is answered by an index of its own, and so they are joined and not or-ed. */
function found({ reference, emailPrefix, nameWords }: OrderFilter): RawBuilder<unknown> {
  const words = nameWords.map((word) => `${word}:*`).join(" & ");
  const isMeant = {
    byEmail: sql`account.deleted_at is null and account.email like ${`${literally(emailPrefix)}%`}`,
    byName: sql`account.deleted_at is null
      and to_tsvector('simple', translate(account.display_name, '’''-./@_', '       '))
        @@ to_tsquery('simple', ${words})`,
  };
  const bought = sql`select "order".id from "order" join account on account.id = "order".account_id`;
  const received = sql`
    select ticket.order_id
    from hand_over
    join ticket on ticket.competition_session_id = hand_over.competition_session_id and ticket.id = hand_over.ticket_id
    join account on account.id = hand_over.to_account_id`;
  return sql`
    select id from "order" where reference = ${reference}
    union
    select order_id from ticket where reference = ${reference}
    union
    ${bought} where ${isMeant.byEmail}
    union
    ${bought} where ${isMeant.byName}
    union
    ${received} where hand_over.state = 'accepted' and ${isMeant.byEmail}
    union
    ${received} where hand_over.state = 'accepted' and ${isMeant.byName}`;
}

function matching(filter: OrderFilter): RawBuilder<unknown> {
  const { emailPrefix, state } = filter;
  return sql`
    from "order"
    where ${emailPrefix === "" ? sql`true` : sql`"order".id in (${found(filter)})`}
      and ${state === undefined ? sql`true` : sql`"order".state = ${state}`}`;
}

/** 10,000 at most. */
export async function countOrders(db: Kysely<Database>, filter: OrderFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (select ${matching(filter)} limit ${most}) as matching`.execute(db);
  return rows[0]?.count ?? 0;
}

export type FoundOrder = {
  id: string;
  reference: string;
  state: string;
  total_cents: number;
  created_at: Date;
  paid_at: Date | null;
  display_name: string | null;
  email: string | null;
  tickets: number;
};

/** Newest first: ids begin with their moment. */
export async function selectFoundOrders(
  db: Kysely<Database>,
  filter: OrderFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<FoundOrder[]> {
  const { rows } = await sql<FoundOrder>`
    select found.id, found.reference, found.state, found.total_cents, found.created_at, found.paid_at,
      account.display_name, account.email,
      (select coalesce(sum(order_line.quantity * offer.persons), 0)::integer
        from order_line
        join offer on offer.id = order_line.offer_id
        join offer_entry on offer_entry.offer_id = offer.id
        where order_line.order_id = found.id) as tickets
    from (
      select id, reference, account_id, state, total_cents, created_at, paid_at
      ${matching(filter)}
      order by "order".id desc
      limit ${limit} offset ${offset}
    ) as found
    left join account on account.id = found.account_id and account.deleted_at is null
    order by found.id desc`.execute(db);
  return rows;
}
