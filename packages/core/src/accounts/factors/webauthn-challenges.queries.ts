import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";

/** What an answer is good for. One for signing in belongs to no account yet. */
export type ChallengePurpose =
  | { purpose: "enrolment" | "verification"; accountId: string }
  | { purpose: "sign_in"; accountId: null };

export async function insertChallenge(
  db: Kysely<Database>,
  row: ChallengePurpose & { challenge: Buffer; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto("webauthn_challenge")
    .values({
      challenge: row.challenge,
      account_id: row.accountId,
      purpose: row.purpose,
      expires_at: row.expiresAt,
    })
    .execute();
}

/** Uses a challenge up, whatever comes of the answer. Of many answers at once one gets true. */
export async function takeChallenge(
  db: Kysely<Database>,
  { challenge, purpose, accountId, now }: ChallengePurpose & { challenge: Buffer; now: Date },
): Promise<boolean> {
  const taken = await db
    .deleteFrom("webauthn_challenge")
    .where("challenge", "=", challenge)
    .where("purpose", "=", purpose)
    .where("account_id", accountId === null ? "is" : "=", accountId)
    .where("expires_at", ">", now)
    .returning("purpose")
    .executeTakeFirst();
  return taken !== undefined;
}

export async function deleteChallengesExpiredBy(db: Kysely<Database>, at: Date): Promise<void> {
  await db.deleteFrom("webauthn_challenge").where("expires_at", "<=", at).execute();
}
