import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

/** Whose it is, and which auth session it was shown to: nobody else ever confirms it. */
type Shown = { accountId: string; authSessionId: string };

/** The secret that this auth session was shown and has not confirmed yet. */
export async function findTotpEnrolment(
  db: Kysely<Database>,
  { accountId, authSessionId }: Shown,
): Promise<{ sealedSecret: Buffer; createdAt: Date } | undefined> {
  return db
    .selectFrom("totp_enrolment")
    .select(["sealed_secret as sealedSecret", "created_at as createdAt"])
    .where("account_id", "=", accountId)
    .where("auth_session_id", "=", authSessionId)
    .executeTakeFirst();
}

/** In the place of another auth session's, or of one that is not younger than `replaceBefore`. Else nothing. */
export async function putTotpEnrolment(
  db: Kysely<Database>,
  enrolment: Shown & { sealedSecret: Buffer; createdAt: Date; replaceBefore: Date },
): Promise<void> {
  const { accountId, authSessionId, sealedSecret, createdAt, replaceBefore } = enrolment;
  const row = { auth_session_id: authSessionId, sealed_secret: sealedSecret, created_at: createdAt };
  await db
    .insertInto("totp_enrolment")
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) =>
      conflict
        .column("account_id")
        .doUpdateSet(row)
        .where((eb) =>
          eb.or([
            eb("totp_enrolment.auth_session_id", "!=", authSessionId),
            eb("totp_enrolment.created_at", "<=", replaceBefore),
          ]),
        ),
    )
    .execute();
}

/**
 * Takes exactly the one whose code was right. Of many at once, one gets true. It is told by whom it was shown to and
 * when: the same secret may be sealed anew at any moment.
 */
export async function takeTotpEnrolment(
  trx: Transaction<Database>,
  { accountId, authSessionId, createdAt }: Shown & { createdAt: Date },
): Promise<boolean> {
  const taken = await trx
    .deleteFrom("totp_enrolment")
    .where("account_id", "=", accountId)
    .where("auth_session_id", "=", authSessionId)
    .where("created_at", "=", createdAt)
    .executeTakeFirst();
  return taken.numDeletedRows > 0n;
}
