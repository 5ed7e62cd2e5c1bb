import { type ScannerReport, type ScannerState, scannerState } from "@tessera/contracts";
import { constraintOf, type Database } from "@tessera/db";
import { type Kysely, sql, type Transaction } from "kysely";
import { CodedError } from "../../errors.ts";

/** A tablet as those who change it find it. */
export type ScannerRow = {
  id: string;
  state: ScannerState;
  publicKey: Buffer | null;
  comparison: string | null;
  codeExpiresAt: Date;
};

type Assignment = { name: string; gateId: string; competitionSessionIds: readonly string[] };

/** Throws `not_found` for a gate, and `gate_not_in_venue` for competition sessions, that are not of one venue. */
export async function demandOneVenue(
  db: Kysely<Database>,
  { gateId, competitionSessionIds }: Pick<Assignment, "gateId" | "competitionSessionIds">,
): Promise<void> {
  const gate = await db.selectFrom("gate").select("venue_id").where("id", "=", gateId).executeTakeFirst();
  if (gate === undefined) throw new CodedError("not_found");
  const there = await db
    .selectFrom("competition_session")
    .select("id")
    .where("id", "in", competitionSessionIds)
    .where("venue_id", "=", gate.venue_id)
    .execute();
  if (there.length < new Set(competitionSessionIds).size) throw new CodedError("gate_not_in_venue");
}

export async function insertScanner(
  trx: Transaction<Database>,
  scanner: Assignment & {
    id: string;
    codeHash: Buffer;
    codeExpiresAt: Date;
    invitedBy: string;
    invitedAt: Date;
  },
): Promise<void> {
  await trx
    .insertInto("scanner")
    .values({
      id: scanner.id,
      name: scanner.name,
      gate_id: scanner.gateId,
      state: "invited",
      code_hash: scanner.codeHash,
      code_expires_at: scanner.codeExpiresAt,
      invited_by: scanner.invitedBy,
      invited_at: scanner.invitedAt,
    })
    .execute();
  await insertAssigned(trx, scanner.id, scanner.competitionSessionIds);
}

async function insertAssigned(
  trx: Transaction<Database>,
  scannerId: string,
  competitionSessionIds: readonly string[],
): Promise<void> {
  const rows = [...new Set(competitionSessionIds)].map((competition_session_id) => ({
    scanner_id: scannerId,
    competition_session_id,
  }));
  await trx.insertInto("scanner_competition_session").values(rows).execute();
}

/** Gives a tablet another name, gate and competition sessions. What it was for before stays known: see `sortRecords`. */
export async function updateAssignment(
  trx: Transaction<Database>,
  scannerId: string,
  { name, gateId, competitionSessionIds }: Assignment,
): Promise<void> {
  await trx.updateTable("scanner").set({ name, gate_id: gateId }).where("id", "=", scannerId).execute();
  await sql`
    with former as (delete from scanner_competition_session where scanner_id = ${scannerId} returning *)
    insert into scanner_former_competition_session (scanner_id, competition_session_id)
    select scanner_id, competition_session_id from former
    on conflict do nothing`.execute(trx);
  await insertAssigned(trx, scannerId, competitionSessionIds);
}

/** Locks a tablet, by its id or by what its code hashes to, and reads it as it is then. */
export async function lockScanner(
  trx: Transaction<Database>,
  by: { id: string } | { codeHash: Buffer },
): Promise<ScannerRow | undefined> {
  const row = await trx
    .selectFrom("scanner")
    .select(["id", "state", "public_key", "comparison", "code_expires_at"])
    .where((where) => ("id" in by ? where("id", "=", by.id) : where("code_hash", "=", by.codeHash)))
    .forNoKeyUpdate()
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      state: scannerState.parse(row.state),
      publicKey: row.public_key,
      comparison: row.comparison,
      codeExpiresAt: row.code_expires_at,
    }
  );
}

/** Whether a tablet is enrolled, and stays so until the transaction ends. */
export async function lockEnrolled(trx: Transaction<Database>, scannerId: string): Promise<boolean> {
  const row = await trx
    .selectFrom("scanner")
    .select("id")
    .where("id", "=", scannerId)
    .where("state", "=", "enrolled")
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Writes down whose key a tablet's is. Throws `conflict` for a key that another tablet has, or had. */
export async function updateClaim(
  trx: Transaction<Database>,
  scannerId: string,
  { publicKey, comparison, claimedAt }: { publicKey: Buffer; comparison: string; claimedAt: Date },
): Promise<void> {
  try {
    await trx
      .updateTable("scanner")
      .set({ state: "claimed", public_key: publicKey, comparison, claimed_at: claimedAt })
      .where("id", "=", scannerId)
      .execute();
  } catch (error) {
    if (constraintOf(error)?.constraint === "scanner_public_key_key") throw new CodedError("conflict");
    throw error;
  }
}

export async function updateEnrolled(
  trx: Transaction<Database>,
  scannerId: string,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await trx
    .updateTable("scanner")
    .set({ state: "enrolled", enrolled_by: by, enrolled_at: at })
    .where("id", "=", scannerId)
    .execute();
}

export async function updateRefused(trx: Transaction<Database>, scannerId: string): Promise<void> {
  await trx.updateTable("scanner").set({ state: "refused" }).where("id", "=", scannerId).execute();
}

/** Refuses what somebody has invited and nobody has confirmed; gives which that were. */
export async function refuseInvitedBy(trx: Transaction<Database>, accountId: string): Promise<string[]> {
  const rows = await trx
    .updateTable("scanner")
    .set({ state: "refused" })
    .where("invited_by", "=", accountId)
    .where("state", "in", ["invited", "claimed"])
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function updateRevoked(
  trx: Transaction<Database>,
  scannerId: string,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await trx
    .updateTable("scanner")
    .set({ state: "revoked", revoked_by: by, revoked_at: at })
    .where("id", "=", scannerId)
    .execute();
}

/** Notes that an enrolled tablet was heard, and how it was. */
export async function updateContact(
  db: Kysely<Database>,
  scannerId: string,
  { at, report }: { at: Date; report: ScannerReport | null },
): Promise<void> {
  await db
    .updateTable("scanner")
    .set({ last_contact_at: at })
    .$if(report !== null, (update) =>
      update.set({
        list_made_at: report?.listMadeAt ?? null,
        queued: report?.queued ?? null,
        battery: report?.battery ?? null,
        charging: report?.charging ?? null,
        app_version: report?.appVersion ?? null,
        clock_offset_ms: report?.clockOffsetMs ?? null,
      }),
    )
    .where("id", "=", scannerId)
    .where("state", "=", "enrolled")
    .execute();
}
