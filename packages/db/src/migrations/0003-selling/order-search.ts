import { type Kysely, sql } from "kysely";

/**
 * What an admin finds orders by, beside references: the beginning of an address, and of each word of a name. No extension
 * is needed for either. What stands between words is no sign of theirs in any locale. States that few orders are in are found without reading all of them.
 */
export async function createOrderSearch(db: Kysely<unknown>): Promise<void> {
  await sql`create index account_email_prefix_idx on account (email text_pattern_ops)`.execute(db);
  await sql`
    create index account_name_words_idx on account
    using gin (to_tsvector('simple', translate(display_name, '’''-./@_', '       ')))`.execute(db);
  await sql`
    create index order_refunded_idx on "order" (state, id)
    where state in ('partly_refunded', 'refunded')`.execute(db);
}
