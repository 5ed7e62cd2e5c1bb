import type { Facts, pendingEmailChange } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import type { Actor } from "../../ports.ts";
import { findPendingEmailChange } from "./pending-email-change.queries.ts";

/** The change of address that its owner has asked for and not yet confirmed on both addresses; null where none waits. */
export async function readPendingEmailChange(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  { accountId }: Actor,
): Promise<Facts<typeof pendingEmailChange>> {
  const change = await findPendingEmailChange(db, accountId, clock());
  if (change === undefined) return null;
  const { newEmail, oldConfirmedAt, newConfirmedAt, expiresAt } = change;
  return { newEmail, oldConfirmed: oldConfirmedAt !== null, newConfirmed: newConfirmedAt !== null, expiresAt };
}
