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
 * Raises a ticket's epoch from the one that was expected, with the new epoch's row. False if the ticket has moved on; then
 * nothing is written.
 */
export async function raiseEpoch(
  trx: Transaction<Database>,
  change: {
    competitionSessionId: string;
    ticketId: string;
    expectedEpoch: number;
    holderAccountId: string;
    sealedPurchaseKey: Buffer;
    issuerKeyId: number;
    tokenKeyId: number;
    devicePublicKey: Buffer;
    flags: number;
    validFrom: Date;
    validUntil: Date;
    passSha256: Buffer;
    at: Date;
  },
): Promise<boolean> {
  const epoch = change.expectedEpoch + 1;
  const raised = await trx
    .updateTable("ticket")
    .set({ epoch })
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
      holder_account_id: change.holderAccountId,
      sealed_purchase_key: change.sealedPurchaseKey,
      issuer_key_id: change.issuerKeyId,
      token_key_id: change.tokenKeyId,
      device_public_key: change.devicePublicKey,
      flags: change.flags,
      valid_from: change.validFrom,
      valid_until: change.validUntil,
      pass_sha256: change.passSha256,
      created_at: change.at,
    })
    .execute();
  return true;
}
