import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";

type Challenge = { challenge: Buffer; ticketId: string; accountId: string; expectedEpoch: number; expiresAt: Date };

export async function insertChallenges(db: Kysely<Database>, challenges: readonly Challenge[]): Promise<void> {
  await db
    .insertInto("activation_challenge")
    .values(
      challenges.map((one) => ({
        challenge: one.challenge,
        ticket_id: one.ticketId,
        account_id: one.accountId,
        expected_epoch: one.expectedEpoch,
        expires_at: one.expiresAt,
      })),
    )
    .execute();
}

/** Uses a challenge up; false if it is not there, not for this, or too old. */
export async function takeChallenge(
  trx: Transaction<Database>,
  wanted: Omit<Challenge, "expiresAt"> & { now: Date },
): Promise<boolean> {
  const taken = await trx
    .deleteFrom("activation_challenge")
    .where("challenge", "=", wanted.challenge)
    .where("ticket_id", "=", wanted.ticketId)
    .where("account_id", "=", wanted.accountId)
    .where("expected_epoch", "=", wanted.expectedEpoch)
    .where("expires_at", ">", wanted.now)
    .returning("ticket_id")
    .executeTakeFirst();
  return taken !== undefined;
}

export async function deleteExpiredChallenges(db: Kysely<Database>, now: Date): Promise<void> {
  await db.deleteFrom("activation_challenge").where("expires_at", "<=", now).execute();
}

export async function selectSealedAccountKey(db: Kysely<Database>, accountId: string): Promise<Buffer> {
  const account = await db
    .selectFrom("account")
    .select("sealed_account_key")
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow();
  return account.sealed_account_key;
}

const epochColumns = [
  "epoch",
  "holder_account_id",
  "sealed_purchase_key",
  "issuer_key_id",
  "token_key_id",
  "device_public_key",
  "flags",
  "valid_from",
  "valid_until",
  "pass_sha256",
] as const;

export async function selectEpoch(
  db: Kysely<Database>,
  key: { competitionSessionId: string; ticketId: string; epoch: number },
) {
  return db
    .selectFrom("ticket_epoch")
    .select(epochColumns)
    .where("competition_session_id", "=", key.competitionSessionId)
    .where("ticket_id", "=", key.ticketId)
    .where("epoch", "=", key.epoch)
    .executeTakeFirst();
}

/**
 * Raises a ticket's epoch from the one that was expected, with the new epoch's row. False if the ticket has moved on or
 * changed hands; then nothing is written.
 *
 * @param change.receiver who holds it from now on, and the name on it; null if that stays as it is
 * @param change.pass null until the holder activates it
 */
export async function raiseEpoch(
  trx: Transaction<Database>,
  change: {
    competitionSessionId: string;
    ticketId: string;
    expectedEpoch: number;
    holderAccountId: string;
    receiver: { accountId: string; name: string } | null;
    sealedPurchaseKey: Buffer;
    pass: {
      issuerKeyId: number;
      tokenKeyId: number;
      /** Null on paper. */
      devicePublicKey: Buffer | null;
      flags: number;
      validFrom: Date;
      validUntil: Date;
      sha256: Buffer;
    } | null;
    at: Date;
  },
): Promise<boolean> {
  const { receiver, pass } = change;
  const epoch = change.expectedEpoch + 1;
  const raised = await trx
    .updateTable("ticket")
    .set({ epoch, ...(receiver && { holder_account_id: receiver.accountId, holder_name: receiver.name }) })
    .where("competition_session_id", "=", change.competitionSessionId)
    .where("id", "=", change.ticketId)
    .where("holder_account_id", "=", change.holderAccountId)
    .where("epoch", "=", change.expectedEpoch)
    .returning("id")
    .executeTakeFirst();
  if (raised === undefined) return false;
  await trx
    .insertInto("ticket_epoch")
    .values({
      competition_session_id: change.competitionSessionId,
      ticket_id: change.ticketId,
      epoch,
      holder_account_id: receiver?.accountId ?? change.holderAccountId,
      sealed_purchase_key: change.sealedPurchaseKey,
      issuer_key_id: pass?.issuerKeyId ?? null,
      token_key_id: pass?.tokenKeyId ?? null,
      device_public_key: pass?.devicePublicKey ?? null,
      flags: pass?.flags ?? null,
      valid_from: pass?.validFrom ?? null,
      valid_until: pass?.validUntil ?? null,
      pass_sha256: pass?.sha256 ?? null,
      created_at: change.at,
    })
    .execute();
  return true;
}
