import { type Audience, type EmployeeRole, type Locale, roles, rolesOfAudience } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Requester } from "../../ports.ts";
import { makeAccount } from "../account.ts";
import { findAccountByEmail, insertAccount } from "../accounts.queries.ts";
import { deleteAuthSessionsOf } from "../auth-sessions/auth-sessions.queries.ts";
import {
  type AuthStanding,
  type AuthStandingView,
  type IssuedAuthSession,
  startAuthSession,
} from "../auth-sessions/auth-sessions.ts";
import { endPrevious } from "../auth-sessions/end-auth-sessions.ts";
import { dropFactorReset } from "../factors/drop-factor-reset.ts";
import { readMailToken, useMailToken } from "../mail-tokens/mail-tokens.ts";
import { hashChosenPassword } from "../passwords/password-rules.ts";
import { type AccountForChange, lockAccountByEmail, updateRole } from "./employees.queries.ts";
import { findOpenInvitation, markAccepted, type OpenInvitation } from "./invitations.queries.ts";

/** Days after a reset of the second factors by mail in which the account is given no role. */
const resetDays = 7;

type NewEmployee = { displayName: string; password: string; locale: Locale };
/** `authSession` is null when the account was there already: its owner signs in with what it has. */
type Accepted = { authSession: IssuedAuthSession | null; standing: AuthStandingView };
type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "passwords" | "attempts">;

/** What an invitation's link is for, without using it up. Throws `link_expired`. */
export async function readInvitation(
  ctx: Pick<CoreContext, "db" | "clock">,
  { token }: { token: string },
): Promise<{ email: string; role: EmployeeRole; hasAccount: boolean }> {
  const { email, role } = await findByToken(ctx, token);
  return { email, role, hasAccount: (await findAccountByEmail(ctx.db, email)) !== undefined };
}

/**
 * Uses an invitation up, which proves its address. Without an account there, makes one of that role, with an auth session
 * of the app that asks and the second factor still to come. An account that is there gets the role; all its auth sessions
 * end, and its owner is to sign in. `previous` is what the cookie held: it ends. Throws `link_expired`, `forbidden` in an
 * app that the role is not for, `invalid_input` without what a new account needs, `password_too_short`,
 * `password_too_long`, `password_too_common`, `account_disabled`, `factors_just_reset` for an account whose second factors
 * were taken away by mail less than seven days ago, or `conflict` for one that has more rights already: an invitation takes
 * none away.
 */
export async function acceptInvitation(
  ctx: Parts,
  input: { token: string; account: NewEmployee | null; audience: Audience },
  requester: Requester,
  previous: AuthStanding,
): Promise<Accepted> {
  const { token, account, audience } = input;
  const invitation = await findByToken(ctx, token);
  const { email, role } = invitation;
  if (!rolesOfAudience[audience].includes(role)) throw new CodedError("forbidden");
  const known = await findAccountByEmail(ctx.db, email);
  // Hashed before the transaction begins: no connection waits for a slow hash.
  const newcomer = known === undefined ? await prepare(ctx, email, account, requester) : null;
  return ctx.db.transaction().execute(async (trx) => {
    // The account first, then the invitation, then its token: the order of everybody who changes these.
    const owner = await lockAccountByEmail(trx, email);
    const accepted = await markAccepted(trx, { id: invitation.id, now: ctx.clock() });
    if (!accepted) throw new CodedError("link_expired");
    await useMailToken(trx, ctx, { token, kinds: ["invitation"] });
    await endPrevious(trx, previous);
    if (owner) return giveRole(trx, ctx, invitation, owner);
    if (!newcomer) throw new CodedError("conflict");
    return makeEmployee(trx, ctx, { invitation, newcomer, audience, requester });
  });
}

async function findByToken(ctx: Pick<CoreContext, "db" | "clock">, token: string): Promise<OpenInvitation> {
  const { subjectId } = await readMailToken(ctx.db, ctx, { token, kinds: ["invitation"] });
  const invitation =
    subjectId === null ? undefined : await findOpenInvitation(ctx.db, { id: subjectId, now: ctx.clock() });
  if (!invitation) throw new CodedError("link_expired");
  return invitation;
}

type Newcomer = Omit<NewEmployee, "password"> & { passwordHash: string };

async function prepare(
  ctx: Pick<CoreContext, "passwords" | "attempts">,
  email: string,
  given: NewEmployee | null,
  requester: Requester,
): Promise<Newcomer> {
  if (given === null) throw new CodedError("invalid_input");
  const { displayName, password, locale } = given;
  return {
    displayName,
    locale,
    passwordHash: await hashChosenPassword(ctx, { password, email, displayName }, requester),
  };
}

async function makeEmployee(
  trx: Transaction<Database>,
  ctx: Parts,
  employee: { invitation: OpenInvitation; newcomer: Newcomer; audience: Audience; requester: Requester },
): Promise<Accepted> {
  const { invitation, newcomer, audience, requester } = employee;
  const { email, role } = invitation;
  const account = await insertAccount(trx, makeAccount(ctx, { ...newcomer, email, role }));
  await writeAccepted(trx, ctx, invitation, { accountId: account.id, newAccount: true });
  const authSession = await startAuthSession(trx, ctx, { accountId: account.id, audience, requester });
  return { authSession, standing: { state: "enrol", account, hasPassword: true } };
}

async function giveRole(
  trx: Transaction<Database>,
  ctx: Parts,
  invitation: OpenInvitation,
  { id, email, locale, role, disabledAt, factorsResetAt }: AccountForChange,
): Promise<Accepted> {
  const now = ctx.clock();
  if (disabledAt !== null) throw new CodedError("account_disabled");
  if (roles.indexOf(role) > roles.indexOf(invitation.role)) throw new CodedError("conflict", { role });
  // Employees lose their factors by two admins only: neither before the invitation, nor by a link that waits.
  const from = factorsResetAt && new Date(factorsResetAt.getTime() + resetDays * 24 * 3_600_000);
  if (from && from > now) throw new CodedError("factors_just_reset", { from: from.toISOString() });
  await dropFactorReset(trx, ctx, id, "role");
  await updateRole(trx, { accountId: id, role: invitation.role, since: now });
  await deleteAuthSessionsOf(trx, id);
  await queueMail(trx, ctx, {
    to: email,
    locale,
    accountId: id,
    content: { template: "role_changed", role: invitation.role },
  });
  await writeAccepted(trx, ctx, invitation, { accountId: id, newAccount: false });
  return { authSession: null, standing: { state: "signed_out" } };
}

function writeAccepted(
  trx: Transaction<Database>,
  ctx: Parts,
  { id, role }: OpenInvitation,
  { accountId, newAccount }: { accountId: string; newAccount: boolean },
): Promise<void> {
  return writeAuditEntry(trx, ctx, {
    action: "invitation.accepted",
    actorId: accountId,
    subjectId: accountId,
    details: { invitationId: id, role, newAccount },
  });
}
