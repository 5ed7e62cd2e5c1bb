import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

type Shown = { accountId: string; authSessionId: string };

/** The secret that this auth session was shown. */
export async function findTotpReplacement(
  db: Kysely<Database>,
  { accountId, authSessionId }: Shown,
): Promise<{ sealedSecret: Buffer; createdAt: Date } | undefined> {
  return db
    .selectFrom("totp_replacement")
    .select(["sealed_secret as sealedSecret", "created_at as createdAt"])
    .where("account_id", "=", accountId)
    .where("auth_session_id", "=", authSessionId)
    .executeTakeFirst();
}

/** In the place of another auth session's, or of one that is not younger than `replaceBefore`. Else nothing. */
export async function putTotpReplacement(
  db: Kysely<Database>,
  replacement: Shown & { sealedSecret: Buffer; createdAt: Date; replaceBefore: Date },
): Promise<void> {
  const { accountId, authSessionId, sealedSecret, createdAt, replaceBefore } = replacement;
  const row = { auth_session_id: authSessionId, sealed_secret: sealedSecret, created_at: createdAt };
  await db
    .insertInto("totp_replacement")
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) =>
      conflict
        .column("account_id")
        .doUpdateSet(row)
        .where((eb) =>
          eb.or([
            eb("totp_replacement.auth_session_id", "!=", authSessionId),
            eb("totp_replacement.created_at", "<=", replaceBefore),
          ]),
        ),
    )
    .execute();
}

/** Takes exactly the one whose code was right. Of many at once, one gets true. */
export async function takeTotpReplacement(
  trx: Transaction<Database>,
  { accountId, authSessionId, createdAt }: Shown & { createdAt: Date },
): Promise<boolean> {
  const taken = await trx
    .deleteFrom("totp_replacement")
    .where("account_id", "=", accountId)
    .where("auth_session_id", "=", authSessionId)
    .where("created_at", "=", createdAt)
    .executeTakeFirst();
  return taken.numDeletedRows > 0n;
}

/** Puts the new secret in the place of the one that counted; `step` is spent. False if none counts any more. */
export async function replaceTotpSecret(
  trx: Transaction<Database>,
  factor: { accountId: string; sealedSecret: Buffer; confirmedAt: Date; step: number },
): Promise<boolean> {
  const { accountId, sealedSecret, confirmedAt, step } = factor;
  const replaced = await trx
    .updateTable("totp_factor")
    .set({
      sealed_secret: sealedSecret,
      created_at: confirmedAt,
      confirmed_at: confirmedAt,
      last_step: step,
      wrong_codes: 0,
      wrong_codes_since: null,
    })
    .where("account_id", "=", accountId)
    .where("confirmed_at", "is not", null)
    .executeTakeFirst();
  return replaced.numUpdatedRows > 0n;
}
