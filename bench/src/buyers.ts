import { randomBytes, randomUUID } from "node:crypto";
import { readCompetitionSession } from "@tessera/core";
import type { Bench } from "./bench.ts";

/** Accounts that nobody signs in to, in one statement: made one by one they would take longer than the measurement. */
export async function insertBuyers({ owner }: Bench, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await owner.query(
    `insert into account (id, email, display_name, locale, role, password_hash, sealed_account_key, created_at)
     select id, id || '@bench.test', 'A Buyer', 'fr', 'visitor', 'unusable', $2, now() from unnest($1::uuid[]) as id`,
    [ids, randomBytes(77)],
  );
  return ids;
}

/** The duo in one pool that never runs out: the offer, and what it costs. */
export async function stockEndlessPool({
  ctx,
  rows,
  owner,
}: Bench): Promise<{ offerId: string; unitPriceCents: number }> {
  // The limits for ceremonies are lower.
  const code = rows.find(({ disciplineCode }) => disciplineCode !== "CER")?.code ?? "";
  const detail = await readCompetitionSession(ctx, { code });
  const [first] = detail.categories;
  const duo = first?.offers.find(({ kind }) => kind === "duo");
  if (duo === undefined) throw new Error(`${code} has no duo`);
  await owner.query(
    `update seat_pool set capacity = 1000000000
     where id in (select seat_pool_id from offer_entry where offer_id = $1)`,
    [duo.id],
  );
  return { offerId: duo.id, unitPriceCents: duo.priceCents };
}
