import type { AccountView, Audience, Role, UsableFactors } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { Actor, Requester } from "../../ports.ts";
import { deleteAuthSessionsExpiredBy, noteUse } from "./auth-sessions.queries.ts";
import { type IssuedAuthSession, issueAuthSession, validateToken } from "./lucia.ts";

export type { IssuedAuthSession } from "./lucia.ts";

/** How an auth session is known inside: never by its token, which only the cookie holds. */
export type AuthSession = {
  id: string;
  idHash: Buffer;
  audience: Audience;
  createdAt: Date;
  secondFactorAt: Date | null;
  /** The browser's own words about itself. */
  userAgent: string;
};

type Known = { account: AccountView; hasPassword: boolean; factors: UsableFactors; authSession: AuthSession };
/** Somebody who gave the right password and still owes the second factor: to be enrolled, or to be shown. */
type HalfSignedIn = Known & { state: "enrol" | "verify" };
/** Somebody signed in with both factors. */
export type SignedIn = Known & { state: "signed_in"; actor: Actor };

/** How far the one who asks is with signing in. */
export type AuthStanding = { state: "signed_out" } | HalfSignedIn | SignedIn;
/** The password was right, whatever comes next. */
export type KnownStanding = HalfSignedIn | SignedIn;

/** What a client may know of its standing. */
export type AuthStandingView =
  | { state: "signed_out" }
  | { state: "enrol"; account: AccountView; hasPassword: boolean }
  | { state: "verify"; account: AccountView; factors: UsableFactors }
  | { state: "signed_in"; account: AccountView; factors: UsableFactors; steppedUpUntil: Date };

/** How exactly the last use is known: reading pages is not writing rows. */
const noteUseEveryMs = 300_000;

/**
 * Who stands behind a cookie's token. A token of another audience is unknown here. `renewedUntil` is set when the use
 * has extended the auth session, so that the cookie can be extended with it. What a page asks
 * by itself while nobody touches it is no use (`isUse` false), or whoever leaves it open would never be idle.
 */
export async function readAuthStanding(
  ctx: Pick<CoreContext, "db" | "clock" | "policy">,
  { token, audience, isUse = true }: { token: string | null; audience: Audience; isUse?: boolean },
): Promise<{ standing: AuthStanding; renewedUntil: Date | null }> {
  const valid = token === null ? undefined : await validateToken(ctx, { token, audience, isUse });
  if (!valid) return { standing: { state: "signed_out" }, renewedUntil: null };
  const { found, renewedUntil } = valid;
  const now = ctx.clock();
  const unnotedSince = new Date(now.getTime() - noteUseEveryMs);
  if (isUse && found.lastUsedAt <= unnotedSince) await noteUse(ctx.db, found.idHash, { now, unnotedSince });

  const { id, idHash, createdAt, secondFactorAt, userAgent, account, hasPassword, factors } = found;
  const authSession = { id, idHash, audience, createdAt, secondFactorAt, userAgent };
  const known = { account, hasPassword, factors, authSession };
  if (secondFactorAt === null) {
    const enrolled = factors.totp || factors.passkey;
    return { standing: { state: enrolled ? "verify" : "enrol", ...known }, renewedUntil };
  }
  const actor: Actor = {
    accountId: account.id,
    role: account.role,
    displayName: account.displayName,
    steppedUpUntil: stepUpEnd(ctx, secondFactorAt),
  };
  return { standing: { state: "signed_in", ...known, actor }, renewedUntil };
}

/** A standing without what is only for us. */
export function viewStanding(standing: AuthStanding): AuthStandingView {
  if (standing.state === "signed_out") return { state: "signed_out" };
  const { account, factors } = standing;
  if (standing.state === "signed_in") {
    return { state: "signed_in", account, factors, steppedUpUntil: standing.actor.steppedUpUntil };
  }
  if (standing.state === "verify") return { state: "verify", account, factors };
  return { state: "enrol", account, hasPassword: standing.hasPassword };
}

type Start = { accountId: string; audience: Audience; requester: Requester };

/**
 * Starts an auth session for somebody who is known, by a mail or by a password; the second factor is still owed, within
 * the hour. With the `passwordHash` that a password was checked against it throws `conflict` if the account has been
 * disabled or deleted or has another password meanwhile: the old one must not start anything behind its back.
 */
export function startAuthSession(
  db: Kysely<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  { requester: { userAgent }, ...start }: Start & { passwordHash?: string },
): Promise<IssuedAuthSession> {
  const session = { sessionId: newId(ctx), createdAt: ctx.clock(), secondFactorAt: null, userAgent };
  // Whose it is makes no difference yet: it is told when the second factor is there.
  return issueAuthSession(db, ctx, { ...start, ...session, role: "visitor" });
}

/** Starts an auth session for somebody who has shown both factors at once: a passkey with user verification. */
export function startSignedIn(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  { requester: { userAgent }, ...start }: Start & { role: Role },
): Promise<IssuedAuthSession> {
  const now = ctx.clock();
  const session = { sessionId: newId(ctx), createdAt: now, secondFactorAt: now, userAgent };
  return issueAuthSession(trx, ctx, { ...start, ...session });
}

/**
 * Notes the second factor, now. The token changes with the rights that it gives (nobody who planted or saw the old one
 * gains them), while the absolute limit goes on from signing in. Throws `not_signed_in` if it has ended meanwhile.
 */
export async function passSecondFactor(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random" | "policy">,
  standing: KnownStanding,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const secondFactorAt = ctx.clock();
  const authSession = await reissue(trx, ctx, standing, secondFactorAt);
  const { account, factors } = standing;
  return {
    authSession,
    standing: { state: "signed_in", account, factors, steppedUpUntil: stepUpEnd(ctx, secondFactorAt) },
  };
}

/**
 * Gives the auth session another token and leaves it as it is otherwise: for what changes who can get in, such as a new
 * password. Throws `not_signed_in` if it has ended meanwhile.
 */
export function renewToken(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  standing: KnownStanding,
): Promise<IssuedAuthSession> {
  return reissue(trx, ctx, standing, standing.authSession.secondFactorAt);
}

function reissue(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  { account, authSession }: KnownStanding,
  secondFactorAt: Date | null,
): Promise<IssuedAuthSession> {
  const { id: sessionId, idHash: replaces, audience, createdAt, userAgent } = authSession;
  const whose = { accountId: account.id, role: account.role, audience };
  return issueAuthSession(trx, ctx, { ...whose, sessionId, createdAt, secondFactorAt, userAgent, replaces });
}

/** Forgets auth sessions that have expired. They are worth nothing already; this only keeps the table small. */
export async function forgetExpiredAuthSessions({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<void> {
  await deleteAuthSessionsExpiredBy(db, clock());
}

function stepUpEnd({ policy }: Pick<CoreContext, "policy">, secondFactorAt: Date): Date {
  return new Date(secondFactorAt.getTime() + policy.stepUpMinutes * 60_000);
}
