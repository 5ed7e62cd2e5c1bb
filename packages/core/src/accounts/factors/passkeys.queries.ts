import type { Role } from "@tessera/contracts";
import { constraintOf, type Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { CodedError } from "../../errors.ts";

/** What checking an assertion takes. */
export type PasskeyCredential = {
  id: string;
  accountId: string;
  credentialId: Buffer;
  /** COSE. */
  publicKey: Buffer;
  /** Signatures made, as the authenticator counts; 0 for ever where it does not. */
  counter: number;
  transports: string[];
};

export type NewPasskey = PasskeyCredential & { alone: boolean; name: string; createdAt: Date };

const credentialColumns = [
  "id",
  "account_id as accountId",
  "credential_id as credentialId",
  "public_key as publicKey",
  "counter",
  "transports",
] as const;

/** Throws `passkey_known` for a credential that is there already, whosever it is. */
export async function insertPasskey(trx: Transaction<Database>, passkey: NewPasskey): Promise<void> {
  try {
    await trx
      .insertInto("passkey")
      .values({
        id: passkey.id,
        account_id: passkey.accountId,
        credential_id: passkey.credentialId,
        public_key: passkey.publicKey,
        counter: passkey.counter,
        transports: passkey.transports,
        alone: passkey.alone,
        name: passkey.name,
        created_at: passkey.createdAt,
      })
      .execute();
  } catch (error) {
    if (constraintOf(error)?.constraint === "passkey_credential_key") throw new CodedError("passkey_known");
    throw error;
  }
}

/** What a browser is told, so that it offers the right passkeys. */
export async function listCredentials(
  db: Kysely<Database>,
  accountId: string,
): Promise<Pick<PasskeyCredential, "credentialId" | "transports">[]> {
  return db
    .selectFrom("passkey")
    .select(["credential_id as credentialId", "transports"])
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
}

export type PasskeyInList = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null };

/** What their owner sees of them, the oldest first. */
export async function listPasskeys(db: Kysely<Database>, accountId: string): Promise<PasskeyInList[]> {
  return db
    .selectFrom("passkey")
    .select(["id", "name", "created_at as createdAt", "last_used_at as lastUsedAt"])
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
}

/** A credential is known once, whosever it is. */
export async function findPasskey(db: Kysely<Database>, credentialId: Buffer): Promise<PasskeyCredential | undefined> {
  return db
    .selectFrom("passkey")
    .select(credentialColumns)
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();
}

/** Whom a passkey lets in. Holds the account's row until the transaction ends. Nobody who is deleted. */
export async function lockPasskeyOwner(
  trx: Transaction<Database>,
  accountId: string,
): Promise<{ role: Role; disabledAt: Date | null } | undefined> {
  return trx
    .selectFrom("account")
    .select(["role", "disabled_at as disabledAt"])
    .$narrowType<{ role: Role }>()
    .where("id", "=", accountId)
    .where("deleted_at", "is", null)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/**
 * Notes a use. False if the authenticator's counter has not gone up meanwhile (two copies of one key), or the passkey is
 * gone. An authenticator that does not count says 0 for ever.
 */
export async function notePasskeyUse(
  trx: Transaction<Database>,
  { id, counter, usedAt }: { id: string; counter: number; usedAt: Date },
): Promise<boolean> {
  const noted = await trx
    .updateTable("passkey")
    .set({ counter, last_used_at: usedAt })
    .where("id", "=", id)
    .where((eb) => (counter === 0 ? eb("counter", "=", 0) : eb("counter", "<", counter)))
    .returning("id")
    .executeTakeFirst();
  return noted !== undefined;
}

/** False if the account has none such. */
export async function updatePasskeyName(
  db: Kysely<Database>,
  passkey: { id: string; accountId: string; name: string },
): Promise<boolean> {
  const renamed = await db
    .updateTable("passkey")
    .set({ name: passkey.name })
    .where("id", "=", passkey.id)
    .where("account_id", "=", passkey.accountId)
    .returning("id")
    .executeTakeFirst();
  return renamed !== undefined;
}

export async function deletePasskey(trx: Transaction<Database>, id: string): Promise<void> {
  await trx.deleteFrom("passkey").where("id", "=", id).execute();
}
