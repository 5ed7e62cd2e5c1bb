import type { EmployeeRole, InvitationView, Locale } from "@tessera/contracts";
import { constraintOf, type Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { CodedError } from "../../errors.ts";

export type NewInvitation = {
  id: string;
  email: string;
  role: EmployeeRole;
  locale: Locale;
  /** Null: by a command. */
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
};

/** Throws `conflict` if somebody else has invited the same address at this moment. */
export async function insertInvitation(trx: Transaction<Database>, invitation: NewInvitation): Promise<void> {
  try {
    await trx
      .insertInto("invitation")
      .values({
        id: invitation.id,
        email: invitation.email,
        role: invitation.role,
        locale: invitation.locale,
        invited_by: invitation.invitedBy,
        created_at: invitation.createdAt,
        expires_at: invitation.expiresAt,
      })
      .execute();
  } catch (error) {
    if (constraintOf(error)?.constraint === "invitation_one_open") throw new CodedError("conflict");
    throw error;
  }
}

/** Those that were neither accepted nor revoked, the expired ones too, the newest first. */
export async function listOpenInvitations(
  db: Kysely<Database>,
): Promise<(Omit<InvitationView, "createdAt" | "expiresAt"> & { createdAt: Date; expiresAt: Date })[]> {
  return db
    .selectFrom("invitation")
    .leftJoin("account", "account.id", "invitation.invited_by")
    .select([
      "invitation.id",
      "invitation.email",
      "invitation.role",
      "account.display_name as invitedBy",
      "invitation.created_at as createdAt",
      "invitation.expires_at as expiresAt",
    ])
    .$narrowType<{ role: EmployeeRole }>()
    .where("invitation.accepted_at", "is", null)
    .where("invitation.revoked_at", "is", null)
    .orderBy("invitation.created_at", "desc")
    .orderBy("invitation.id", "desc")
    .execute();
}

export type OpenInvitation = { id: string; email: string; role: EmployeeRole };

export async function findOpenInvitation(
  db: Kysely<Database>,
  { id, now }: { id: string; now: Date },
): Promise<OpenInvitation | undefined> {
  return db
    .selectFrom("invitation")
    .select(["id", "email", "role"])
    .$narrowType<{ role: EmployeeRole }>()
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

/** Forgets the address with it. Of many at once exactly one gets it; nobody gets one that was revoked meanwhile. */
export async function markAccepted(
  trx: Transaction<Database>,
  { id, now }: { id: string; now: Date },
): Promise<boolean> {
  const accepted = await trx
    .updateTable("invitation")
    .set({ accepted_at: now, email: "" })
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .returning("id")
    .executeTakeFirst();
  return accepted !== undefined;
}

/** By its id, by the address, which is forgotten, or by who made it; gives the ids of those that were open. */
export async function markRevoked(
  trx: Transaction<Database>,
  { by, value, now }: { by: "id" | "email" | "invited_by"; value: string; now: Date },
): Promise<string[]> {
  const rows = await trx
    .updateTable("invitation")
    .set({ revoked_at: now, email: "" })
    .where(by, "=", value)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** Revokes those that ended before `moment`, and forgets their addresses. */
export async function revokeExpiredBefore(
  db: Kysely<Database>,
  { moment, now }: { moment: Date; now: Date },
): Promise<void> {
  await db
    .updateTable("invitation")
    .set({ revoked_at: now, email: "" })
    .where("expires_at", "<", moment)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .execute();
}
