import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

/** The app that counts. */
export async function findTotpFactor(
  db: Kysely<Database>,
  accountId: string,
): Promise<{ sealedSecret: Buffer; confirmedAt: Date } | undefined> {
  return db
    .selectFrom("totp_factor")
    .select(["sealed_secret as sealedSecret", "confirmed_at as confirmedAt"])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

/** Makes an app count, in the place of one that did. `step` is spent: its code does not work again. */
export async function putTotpFactor(
  trx: Transaction<Database>,
  factor: { accountId: string; sealedSecret: Buffer; confirmedAt: Date; step?: number },
): Promise<void> {
  const { accountId, sealedSecret, confirmedAt, step = 0 } = factor;
  const row = {
    sealed_secret: sealedSecret,
    confirmed_at: confirmedAt,
    created_at: confirmedAt,
    last_step: step,
    wrong_codes: 0,
    wrong_codes_since: null,
  };
  await trx
    .insertInto("totp_factor")
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) => conflict.column("account_id").doUpdateSet(row))
    .execute();
}

/**
 * Counts a try as wrong, in the 24 hours since the first that was (`countedSince` is when such a day would have begun).
 * Nothing if there is no factor, or `most` were wrong already.
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
  await trx.deleteFrom("totp_enrolment").where("account_id", "=", accountId).execute();
  await trx.deleteFrom("totp_factor").where("account_id", "=", accountId).execute();
}
