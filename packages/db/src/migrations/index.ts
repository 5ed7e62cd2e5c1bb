import type { Migration } from "kysely/migration";
import * as initial from "./0001-initial.ts";
import * as accounts from "./0002-accounts.ts";
import * as selling from "./0003-selling.ts";
import * as blockedTicketsFreeRefunds from "./0004-blocked-tickets-free-refunds.ts";
import * as twoKeys from "./0005-two-keys.ts";
import * as gate from "./0006-gate.ts";

/**
 * Every migration, by name, applied in the order of the names. A static list: what is applied is what was reviewed and
 * packed, not what happens to lie in a folder. One that was released is never edited.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-initial": initial,
  "0002-accounts": accounts,
  "0003-selling": selling,
  "0004-blocked-tickets-free-refunds": blockedTicketsFreeRefunds,
  "0005-two-keys": twoKeys,
  "0006-gate": gate,
};
