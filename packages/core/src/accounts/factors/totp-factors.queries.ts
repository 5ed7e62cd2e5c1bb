import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

export type TotpFactor = {
  sealedSecret: Buffer;
  createdAt: Date;
  confirmedAt: Date | null;
  /** To which it was shown, until it is confirmed. */
  authSessionId: string | null;
};

export async function findTotpFactor(db: Kysely<Database>, accountId: string): Promise<TotpFactor | undefined> {
  return db
    .selectFrom("totp_factor")
    .select([
      "sealed_secret as sealedSecret",
      "created_at as createdAt",
      "confirmed_at as confirmedAt",
      "auth_session_id as authSessionId",
    ])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

/**
 * Writes a secret that is yet to be confirmed, in the place of one of another auth session. False if there is a confirmed
 * one, or one of the same auth session that is younger than `replaceBefore`.
 */
export async function putUnconfirmedTotpFactor(
  db: Kysely<Database>,
  factor: { accountId: string; authSessionId: string; sealedSecret: Buffer; createdAt: Date; replaceBefore: Date },
): Promise<boolean> {
  const { authSessionId } = factor;
  const row = { auth_session_id: authSessionId, sealed_secret: factor.sealedSecret, created_at: factor.createdAt };
  const written = await db
    .insertInto("totp_factor")
    .values({ account_id: factor.accountId, ...row })
    .onConflict((conflict) =>
      conflict
        .column("account_id")
        .doUpdateSet(row)
        .where("totp_factor.confirmed_at", "is", null)
        .where((eb) =>
          eb.or([
            eb("totp_factor.auth_session_id", "is distinct from", authSessionId),
            eb("totp_factor.created_at", "<=", factor.replaceBefore),
          ]),
        ),
    )
    .returning("account_id")
    .executeTakeFirst();
  return written !== undefined;
}

/**
 * Confirms exactly the secret whose code was right. False if another request confirmed or replaced it meanwhile. It is
 * told by whom it was shown to and when: the same secret may be sealed anew at any moment.
 */
export async function confirmTotpFactor(
  db: Transaction<Database>,
  factor: { accountId: string; authSessionId: string; createdAt: Date; confirmedAt: Date; step: number },
): Promise<boolean> {
  const confirmed = await db
    .updateTable("totp_factor")
    .set({ confirmed_at: factor.confirmedAt, last_step: factor.step, auth_session_id: null })
    .where("account_id", "=", factor.accountId)
    .where("auth_session_id", "=", factor.authSessionId)
    .where("created_at", "=", factor.createdAt)
    .where("confirmed_at", "is", null)
    .returning("account_id")
    .executeTakeFirst();
  return confirmed !== undefined;
}

/** For accounts that are made with their second factor. */
export async function insertConfirmedTotpFactor(
  db: Transaction<Database>,
  factor: { accountId: string; sealedSecret: Buffer; confirmedAt: Date },
): Promise<void> {
  await db
    .insertInto("totp_factor")
    .values({
      account_id: factor.accountId,
      sealed_secret: factor.sealedSecret,
      confirmed_at: factor.confirmedAt,
      created_at: factor.confirmedAt,
    })
    .execute();
}

/**
 * Counts a try as wrong, in the 24 hours since the first that was (`countedSince` is when such a day would have begun).
 * Nothing if there is no confirmed factor, or `most` were wrong already.
 */
export async function countTotpTry(
  db: Kysely<Database>,
  { accountId, now, countedSince, most }: { accountId: string; now: Date; countedSince: Date; most: number },
): Promise<{ sealedSecret: Buffer } | undefined> {
  return db
    .updateTable("totp_factor")
    .set((eb) => {
      const over = eb.or([eb("wrong_codes_since", "is", null), eb("wrong_codes_since", "<=", countedSince)]);
      return {
        wrong_codes: eb
          .case()
          .when(over)
          .then(1)
          .else(eb("wrong_codes", "+", 1))
          .end(),
        wrong_codes_since: eb.case().when(over).then(now).else(eb.ref("wrong_codes_since")).end(),
      };
    })
    .where("account_id", "=", accountId)
    .where("confirmed_at", "is not", null)
    .where((eb) => eb.or([eb("wrong_codes", "<", most), eb("wrong_codes_since", "<=", countedSince)]))
    .returning("sealed_secret as sealedSecret")
    .executeTakeFirst();
}

/**
 * Spends a time step with all before it, and gives back the try that was right. False if it is spent already: this is
 * what makes a code work only once.
 */
export async function raiseLastStep(db: Transaction<Database>, accountId: string, step: number): Promise<boolean> {
  const raised = await db
    .updateTable("totp_factor")
    .set((eb) => ({ last_step: step, wrong_codes: eb.fn<number>("greatest", [eb("wrong_codes", "-", 1), eb.lit(0)]) }))
    .where("account_id", "=", accountId)
    .where("last_step", "<", step)
    .returning("account_id")
    .executeTakeFirst();
  return raised !== undefined;
}

export async function deleteTotpFactor(trx: Transaction<Database>, accountId: string): Promise<void> {
  await trx.deleteFrom("totp_replacement").where("account_id", "=", accountId).execute();
  await trx.deleteFrom("totp_factor").where("account_id", "=", accountId).execute();
}
