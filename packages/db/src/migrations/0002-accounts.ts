import type { Kysely } from "kysely";
import { extendAccounts } from "./0002-accounts/accounts.ts";
import { createAudit } from "./0002-accounts/audit.ts";
import { createFactors } from "./0002-accounts/factors.ts";
import { extendKeys } from "./0002-accounts/keys.ts";
import { createMail } from "./0002-accounts/mail.ts";
import { grantRights } from "./0002-accounts/rights.ts";
import { createStaff } from "./0002-accounts/staff.ts";

/** Accounts that a bank would accept: verified addresses, passkeys, invitations, mail, the audit log, rotation of keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await extendAccounts(db);
  await createFactors(db);
  await createStaff(db);
  await createMail(db);
  await createAudit(db);
  await extendKeys(db);
  await grantRights(db);
}
