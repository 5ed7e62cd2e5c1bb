import type { Facts, staffView } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { selectEmployees } from "./employees.queries.ts";
import { listOpenInvitations } from "./invitations.queries.ts";

/** Everybody who is not a visitor, and the invitations that wait: the expired ones too, which may be sent anew. */
export async function listStaff({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<Facts<typeof staffView>> {
  const [rows, invitations] = await Promise.all([selectEmployees(db, clock()), listOpenInvitations(db)]);
  return { employees: rows.map(toEmployee), invitations };
}

type Row = Awaited<ReturnType<typeof selectEmployees>>[number];

function toEmployee(row: Row): Facts<typeof staffView>["employees"][number] {
  const { id, email, displayName, role, createdAt, lastUsedAt, disabledAt } = row;
  return {
    id,
    email,
    displayName,
    role,
    createdAt,
    lastUsedAt,
    disabledAt,
    enrolled: row.totpConfirmedAt !== null || row.hasPasskey,
    factorReset: toReset(row),
  };
}

function toReset(row: Row): Facts<typeof staffView>["employees"][number]["factorReset"] {
  const { resetId: id, resetRequestedById: requestedById, resetRequestedBy: requestedBy } = row;
  const { resetRequestedAt: requestedAt, resetExpiresAt: expiresAt } = row;
  // The join finds all of it or nothing.
  if (id === null || requestedById === null || requestedBy === null) return null;
  if (requestedAt === null || expiresAt === null) return null;
  return { id, requestedById, requestedBy, requestedAt, expiresAt };
}
