import { createHash, randomBytes, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Audience } from "@tessera/contracts";
import type { Bench } from "./bench.ts";
import { hashRaw } from "./limits/raw-argon2.ts";

/** Somebody signed in with both factors, at an address of their own. */
export type Shopper = { accountId: string; email: string; token: string; address: string };

/** As somebody who has just signed in: an auth session that is half over would be written anew by its next use. */
const freshFor = { visitor: "7 days", admin: "1 hour" } as const;

/** People who buy, and the file that tells them to the processes which act for them. */
export type Shoppers = { all: readonly Shopper[]; file: string };

/**
 * Accounts with auth sessions, made by the owner of the database as the product would make them: the token's SHA-256 is
 * stored, and the second factor was shown just now. All have the same password, and so the same hash.
 */
export async function insertShoppers(
  bench: Bench,
  count: number,
  { role = "visitor", audience = "shop" }: { role?: "visitor" | "admin"; audience?: Audience } = {},
): Promise<Shoppers> {
  const { owner, dataDir } = bench;
  const all = Array.from({ length: count }, (_, index): Shopper => {
    const accountId = randomUUID();
    return {
      accountId,
      email: `${accountId}@bench.test`,
      token: randomBytes(32).toString("base64url"),
      address: `${20 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}.1`,
    };
  });
  const ids = all.map(({ accountId }) => accountId);
  await owner.query(
    `insert into account (id, email, display_name, locale, role, password_hash, sealed_account_key, created_at)
     select id, id || '@bench.test', 'A Buyer', 'fr', $2, $3, $4, now() from unnest($1::uuid[]) as id`,
    [ids, role, await hashRaw(), randomBytes(77)],
  );
  await owner.query(
    `insert into auth_session
       (id, id_hash, account_id, audience, second_factor_at, user_agent, created_at, last_used_at, expires_at)
     select gen_random_uuid(), id_hash, account_id, $3, now(), 'bench', now(), now(), now() + $4::interval
     from unnest($1::uuid[], $2::bytea[]) as new (account_id, id_hash)`,
    [ids, all.map(({ token }) => createHash("sha256").update(token).digest()), audience, freshFor[role]],
  );
  const file = path.join(dataDir, `shoppers-${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(all), { mode: 0o600 });
  return { all, file };
}

/** An offer for two in one pool that never runs out, or has nothing left. */
export type Duo = { offerId: string; unitPriceCents: number; seatPoolId: string };

const endless = 1_000_000_000;

/** Duos in so many pools, each of another competition session: what is bought of one counts for no limit of another. */
export async function stockDuos({ owner }: Bench, count: number, first: number): Promise<Duo[]> {
  const { rows } = await owner.query<Duo>(
    `select offer.id as "offerId", price_cents as "unitPriceCents", seat_pool_id as "seatPoolId"
     from offer
     join offer_entry on offer_entry.offer_id = offer.id
     join seat_pool on seat_pool.id = seat_pool_id
     join competition_session on competition_session.id = competition_session_id
     where offer.kind = 'duo' and offer.state = 'published' and seat_pool.category = 'A' and not ceremony
     order by competition_session.code limit $1 offset $2`,
    [count, first],
  );
  if (rows.length < count) throw new Error(`there are only ${rows.length} duos`);
  await owner.query("update seat_pool set capacity = $2 where id = any($1)", [
    rows.map(({ seatPoolId }) => seatPoolId),
    endless,
  ]);
  return rows;
}
