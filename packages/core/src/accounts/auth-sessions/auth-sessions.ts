import { createHash } from "node:crypto";
import type { AccountView, Audience, UsableFactors } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import { type Adapter, Lucia, TimeSpan } from "lucia";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { newId } from "../../ids.ts";
import type { Actor, Requester } from "../../ports.ts";
import {
  type AuthSessionRow,
  type AuthSessionWithAccount,
  deleteAuthSession,
  deleteAuthSessionsExpiredBy,
  deleteAuthSessionsOf,
  extendAuthSession,
  findAuthSession,
  insertAuthSession,
  listAuthSessions,
  takeAuthSession,
} from "./auth-sessions.queries.ts";

// The only module that knows lucia: it decides when an auth session has ended and when it slides. What it does not do
// is ours: hashing the token, binding it to an audience, an absolute limit, and taking the time from the context.

/** How an auth session is known inside: never by its token, which only the cookie holds. */
export type AuthSession = {
  id: string;
  idHash: Buffer;
  audience: Audience;
  createdAt: Date;
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

/** A new token for the app's cookie: 32 random bytes, base64url. The database knows only its SHA-256. */
export type IssuedAuthSession = { token: string; expiresAt: Date };

const hour = 3_600_000;
/** An auth session ends when it was not used for `idle`, and `absolute` after signing in at the latest. */
const limits: Record<Audience, { idle: number; absolute: number }> = {
  shop: { idle: 7 * 24 * hour, absolute: 30 * 24 * hour },
  admin: { idle: 8 * hour, absolute: 24 * hour },
  scanner: { idle: 16 * hour, absolute: 16 * hour },
};
/** Until the second factor is there, for every audience. */
const halfSignedInLimit = hour;

/** `id` is Lucia's own name for the token. */
type SessionAttributes = Pick<AuthSessionRow, "secondFactorAt" | "userAgent" | "createdAt"> & { sessionId: string };
type UserAttributes = Pick<AuthSessionWithAccount, "account" | "hasPassword" | "factors">;

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

/**
 * Who stands behind a cookie's token. A token of another audience is unknown here. `renewedUntil` is set when the use
 * has extended the auth session, so that the cookie can be extended with it.
 */
export async function readAuthStanding(
  ctx: Pick<CoreContext, "db" | "clock" | "policy">,
  { token, audience }: { token: string | null; audience: Audience },
): Promise<{ standing: AuthStanding; renewedUntil: Date | null }> {
  if (token === null) return { standing: { state: "signed_out" }, renewedUntil: null };
  const { lucia, fromLucia } = luciaOver(ctx.db, ctx, audience);
  const { session, user } = await lucia.validateSession(token);
  if (!session) return { standing: { state: "signed_out" }, renewedUntil: null };
  const { createdAt, secondFactorAt, userAgent, sessionId } = session;
  const { account, hasPassword, factors } = user;
  const authSession = { id: sessionId, idHash: hashOf(token), audience, createdAt, userAgent };
  const known = { account, hasPassword, factors, authSession };
  const renewedUntil = session.fresh ? cutOff(fromLucia(session.expiresAt), session, audience) : null;
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
  switch (standing.state) {
    case "signed_out":
      return { state: "signed_out" };
    case "enrol":
      return { state: "enrol", account: standing.account, hasPassword: standing.hasPassword };
    case "verify":
      return { state: "verify", account: standing.account, factors: standing.factors };
    case "signed_in": {
      const { state, account, factors, actor } = standing;
      return { state, account, factors, steppedUpUntil: actor.steppedUpUntil };
    }
  }
}

/**
 * Starts an auth session for somebody who gave the right password; with `secondFactor`, for somebody who has shown both
 * factors at once (a passkey with user verification).
 */
export function startAuthSession(
  db: Kysely<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  start: { accountId: string; audience: Audience; requester: Requester; secondFactor?: boolean },
): Promise<IssuedAuthSession> {
  const createdAt = ctx.clock();
  const secondFactorAt = start.secondFactor === true ? createdAt : null;
  const { userAgent } = start.requester;
  return issue(db, ctx, start.accountId, start.audience, {
    sessionId: newId(ctx),
    createdAt,
    secondFactorAt,
    userAgent,
  });
}

/**
 * Notes the second factor, now. The token changes with the rights that it gives (nobody who planted or saw the old one
 * gains them), while the absolute limit goes on from signing in. Throws `not_signed_in` if it has ended meanwhile.
 */
export async function passSecondFactor(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random" | "policy">,
  { account, factors, authSession }: KnownStanding,
): Promise<{ authSession: IssuedAuthSession; standing: AuthStandingView }> {
  const { id: sessionId, idHash, audience, createdAt, userAgent } = authSession;
  const secondFactorAt = ctx.clock();
  if (!(await deleteAuthSession(trx, idHash))) throw new CodedError("not_signed_in");
  return {
    authSession: await issue(trx, ctx, account.id, audience, { sessionId, createdAt, secondFactorAt, userAgent }),
    standing: { state: "signed_in", account, factors, steppedUpUntil: stepUpEnd(ctx, secondFactorAt) },
  };
}

/**
 * Changes the token and nothing else: for a change of what signs in. Throws `not_signed_in` if the auth session has ended
 * meanwhile.
 */
export async function rotateAuthSession(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  { account, authSession }: KnownStanding,
): Promise<IssuedAuthSession> {
  const { id: sessionId, idHash, audience, createdAt, userAgent } = authSession;
  const ended = await takeAuthSession(trx, idHash);
  if (!ended) throw new CodedError("not_signed_in");
  const { secondFactorAt } = ended;
  return issue(trx, ctx, account.id, audience, { sessionId, createdAt, secondFactorAt, userAgent });
}

/** Signs out. Whoever is signed out already stays it. */
export async function signOut({ db }: Pick<CoreContext, "db">, standing: AuthStanding): Promise<void> {
  if (standing.state !== "signed_out") await deleteAuthSession(db, standing.authSession.idHash);
}

/** Forgets auth sessions that have expired. They are worth nothing already; this only keeps the table small. */
export async function forgetExpiredAuthSessions({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<void> {
  await deleteAuthSessionsExpiredBy(db, clock());
}

async function issue(
  db: Kysely<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  accountId: string,
  audience: Audience,
  attributes: SessionAttributes,
): Promise<IssuedAuthSession> {
  const { lucia, fromLucia } = luciaOver(db, ctx, audience);
  const token = ctx.random(32).toString("base64url");
  const session = await lucia.createSession(accountId, attributes, { sessionId: token });
  return { token, expiresAt: cutOff(fromLucia(session.expiresAt), attributes, audience) };
}

/** Lucia over one connection or transaction, for one call: it reads the machine's clock, and we move its moments to ours. */
function luciaOver(
  db: Kysely<Database>,
  { clock }: Pick<CoreContext, "clock">,
  audience: Audience,
): { lucia: Lucia<SessionAttributes, UserAttributes>; fromLucia: (at: Date) => Date } {
  const ahead = Date.now() - clock().getTime();
  const toLucia = (at: Date): Date => new Date(at.getTime() + ahead);
  const fromLucia = (at: Date): Date => new Date(at.getTime() - ahead);
  let found: AuthSessionWithAccount | undefined;
  const adapter: Adapter = {
    async getSessionAndUser(token) {
      found = await findAuthSession(db, hashOf(token), audience);
      if (!found) return [null, null];
      const { accountId: userId, account, hasPassword, factors } = found;
      // The raw token: lucia renews and deletes by what it is given here.
      const session = {
        id: token,
        userId,
        expiresAt: toLucia(found.expiresAt),
        attributes: { ...found, sessionId: found.id },
      };
      return [session, { id: userId, attributes: { account, hasPassword, factors } }];
    },
    async getUserSessions(userId) {
      const rows = await listAuthSessions(db, userId, audience);
      return rows.map((row) => ({
        id: row.idHash.toString("hex"),
        userId,
        expiresAt: toLucia(row.expiresAt),
        attributes: { ...row, sessionId: row.id },
      }));
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const until = cutOff(fromLucia(expiresAt), attributes, audience);
      const { sessionId, ...kept } = attributes;
      await insertAuthSession(db, {
        ...kept,
        id: sessionId,
        idHash: hashOf(id),
        accountId: userId,
        audience,
        lastUsedAt: clock(),
        expiresAt: until,
      });
    },
    async updateSessionExpiration(token, expiresAt) {
      if (found) await extendAuthSession(db, hashOf(token), cutOff(fromLucia(expiresAt), found, audience));
    },
    deleteSession: async (token) => void (await deleteAuthSession(db, hashOf(token))),
    deleteUserSessions: (userId) => deleteAuthSessionsOf(db, userId, audience),
    deleteExpiredSessions: () => deleteAuthSessionsExpiredBy(db, clock()),
  };
  const lucia = new Lucia<SessionAttributes, UserAttributes>(adapter, {
    sessionExpiresIn: new TimeSpan(limits[audience].idle, "ms"),
    getSessionAttributes: ({ sessionId, createdAt, secondFactorAt, userAgent }) => ({
      sessionId,
      createdAt,
      secondFactorAt,
      userAgent,
    }),
    getUserAttributes: ({ account, hasPassword, factors }) => ({ account, hasPassword, factors }),
  });
  return { lucia, fromLucia };
}

/** What lucia lacks: sliding ends at a limit that was fixed when the person signed in. */
function cutOff(
  expiresAt: Date,
  { createdAt, secondFactorAt }: Pick<SessionAttributes, "createdAt" | "secondFactorAt">,
  audience: Audience,
): Date {
  const limit = secondFactorAt === null ? halfSignedInLimit : limits[audience].absolute;
  return new Date(Math.min(expiresAt.getTime(), createdAt.getTime() + limit));
}

function stepUpEnd({ policy }: Pick<CoreContext, "policy">, secondFactorAt: Date): Date {
  return new Date(secondFactorAt.getTime() + policy.stepUpMinutes * 60_000);
}

/** Enough for 256 random bits: there is nothing to guess, and so nothing to slow down. */
const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
