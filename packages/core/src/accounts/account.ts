import { type AccountView, type Audience, type Locale, type Role, rolesOfAudience } from "@tessera/contracts";
import type { SealedPlace } from "@tessera/pass/issuer";
import type { CoreContext } from "../context.ts";
import { newId } from "../ids.ts";

/** What it takes to make an account. The e-mail address is as contracts' `email` gives it. */
export type NewAccount = {
  email: string;
  /** Null: for passkeys alone. */
  passwordHash: string | null;
  displayName: string;
  locale: Locale;
  role: Role;
};

/** A row of `account`, with its account key already sealed. */
export type AccountRow = AccountView & {
  passwordHash: string | null;
  sealedAccountKey: Buffer;
  createdAt: Date;
  roleSince: Date;
};

/** Makes an account with its account key A: 32 random bytes that leave this function only sealed. */
export function makeAccount(ctx: Pick<CoreContext, "clock" | "random" | "keyring">, account: NewAccount): AccountRow {
  const id = newId(ctx);
  const sealedAccountKey = ctx.keyring.seal("account", ctx.random(32), accountKeyPlace(id));
  const now = ctx.clock();
  return { ...account, id, sealedAccountKey, createdAt: now, roleSince: now };
}

/** Where an account's key is sealed for. */
export function accountKeyPlace(accountId: string): SealedPlace {
  return { table: "account", column: "sealed_account_key", rowId: accountId, epoch: 0 };
}

/** Where a link of a mail leads: to the app that was asked, if the account may use it, and else to everybody's. */
export function appOf(role: Role, asked: Audience): Audience {
  return rolesOfAudience[asked].includes(role) ? asked : "shop";
}
