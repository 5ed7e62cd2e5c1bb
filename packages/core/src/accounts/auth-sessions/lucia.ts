import { hash } from "node:crypto";
import type { AccountView, Audience, Role, UsableFactors } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { type Adapter, Lucia, TimeSpan } from "lucia";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { type AuthSessionLimits, limitsOf } from "./auth-session-limits.ts";
import { findAuthSession } from "./auth-session-lookups.queries.ts";
import {
  type AuthSessionRow,
  type AuthSessionWithAccount,
  deleteAuthSessionByToken,
  deleteAuthSessionsExpiredBy,
  deleteAuthSessionsOf,
  extendAuthSession,
  insertAuthSession,
  insertAuthSessionByPassword,
  replaceToken,
} from "./auth-sessions.queries.ts";

// The only module that knows lucia: it decides when an auth session has ended and when it slides. What it does not do
// is ours: hashing the token, binding it to an audience, an absolute limit, and taking the time from the context.

/** A new token for the app's cookie: 32 random bytes, base64url. The database knows only its SHA-256. */
export type IssuedAuthSession = { token: string; expiresAt: Date };

/** What an auth session keeps when its token changes. `sessionId` is the public id: `id` is lucia's name for the token. */
type SessionAttributes = Pick<AuthSessionRow, "secondFactorAt" | "userAgent" | "createdAt"> & { sessionId: string };
type UserAttributes = { account: AccountView; hasPassword: boolean; factors: UsableFactors };

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

/**
 * The auth session behind a token, if it has not ended. `renewedUntil` is set when this use has extended it, so that the
 * cookie can be extended with it; what is no use extends nothing.
 */
export async function validateToken(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  { token, audience, isUse }: { token: string; audience: Audience; isUse: boolean },
): Promise<{ found: AuthSessionWithAccount; renewedUntil: Date | null } | undefined> {
  const found = await findAuthSession(db, { idHash: hashOf(token), audience });
  if (!found) return undefined;
  const { lucia, fromLucia, cutOff } = luciaOver(db, { clock }, { ...found, role: found.account.role, found, isUse });
  const { session } = await lucia.validateSession(token);
  if (!session) return undefined;
  return { found, renewedUntil: isUse && session.fresh ? cutOff(fromLucia(session.expiresAt)) : null };
}

/**
 * Writes an auth session with a new token, or changes the token of the one that it `replaces`. `createdAt` is when the
 * person signed in: the absolute limit counts from it. Throws `not_signed_in` if the one to be replaced has ended, and
 * `conflict` if the account no longer has the `passwordHash` that is given.
 */
export async function issueAuthSession(
  db: Kysely<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  session: SessionAttributes & {
    accountId: string;
    role: Role;
    audience: Audience;
    replaces?: Buffer;
    passwordHash?: string;
  },
): Promise<IssuedAuthSession> {
  const { lucia, fromLucia, cutOff } = luciaOver(db, ctx, session);
  const token = ctx.random(32).toString("base64url");
  const { sessionId, createdAt, secondFactorAt, userAgent } = session;
  const attributes = { sessionId, createdAt, secondFactorAt, userAgent };
  const { expiresAt } = await lucia.createSession(session.accountId, attributes, { sessionId: token });
  return { token, expiresAt: cutOff(fromLucia(expiresAt)) };
}

type Served = Pick<AuthSessionRow, "audience" | "createdAt" | "secondFactorAt"> & {
  role: Role;
  found?: AuthSessionWithAccount;
  replaces?: Buffer;
  passwordHash?: string;
  /** Whether it slides; unless told, it does. */
  isUse?: boolean;
};

/**
 * Lucia over one connection or transaction, for one call about one auth session, since how long that lives depends on
 * whose it is. It reads the machine's clock, and we move its moments to ours.
 */
function luciaOver(db: Kysely<Database>, { clock }: Pick<CoreContext, "clock">, served: Served) {
  const { audience, found, replaces, passwordHash, isUse = true } = served;
  const limits = limitsOf(served);
  const ahead = Date.now() - clock().getTime();
  const toLucia = (at: Date): Date => new Date(at.getTime() + ahead);
  const fromLucia = (at: Date): Date => new Date(at.getTime() - ahead);
  const cutOff = (expiresAt: Date): Date => withinAbsolute(expiresAt, served, limits);
  const adapter: Adapter = {
    async getSessionAndUser(token) {
      if (!found) return [null, null];
      const { accountId: userId, account, hasPassword, factors } = found;
      // The raw token: lucia renews and deletes by what it is given here.
      const session = { id: token, userId, expiresAt: toLucia(found.expiresAt), attributes: attributesOf(found) };
      return [session, { id: userId, attributes: { account, hasPassword, factors } }];
    },
    // Only its own ways of listing and ending a person's auth sessions ask for them, and we have others.
    getUserSessions: () => Promise.resolve([]),
    async setSession({ id: token, userId, expiresAt, attributes }) {
      const { sessionId, ...kept } = attributes;
      const row = {
        ...kept,
        id: sessionId,
        idHash: hashOf(token),
        accountId: userId,
        audience,
        lastUsedAt: clock(),
        expiresAt: cutOff(fromLucia(expiresAt)),
      };
      if (replaces !== undefined) {
        if (!(await replaceToken(db, replaces, row))) throw new CodedError("not_signed_in");
      } else if (passwordHash === undefined) await insertAuthSession(db, row);
      else if (!(await insertAuthSessionByPassword(db, row, passwordHash))) throw new CodedError("conflict");
    },
    updateSessionExpiration: async (token, expiresAt) => {
      if (isUse) await extendAuthSession(db, hashOf(token), cutOff(fromLucia(expiresAt)));
    },
    deleteSession: (token) => deleteAuthSessionByToken(db, hashOf(token)),
    deleteUserSessions: async (userId) => void (await deleteAuthSessionsOf(db, userId)),
    deleteExpiredSessions: () => deleteAuthSessionsExpiredBy(db, clock()),
  };
  const lucia = new Lucia<SessionAttributes, UserAttributes>(adapter, {
    sessionExpiresIn: new TimeSpan(limits.idle, "ms"),
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
  return { lucia, fromLucia, cutOff };
}

function attributesOf({ id, secondFactorAt, userAgent, createdAt }: AuthSessionRow): SessionAttributes {
  return { sessionId: id, secondFactorAt, userAgent, createdAt };
}

/** What lucia lacks: sliding ends at a limit that was fixed when the person signed in. */
function withinAbsolute(expiresAt: Date, { createdAt }: { createdAt: Date }, { absolute }: AuthSessionLimits): Date {
  return new Date(Math.min(expiresAt.getTime(), createdAt.getTime() + absolute));
}

/** Enough for 256 random bits: there is nothing to guess, and so nothing to slow down. */
const hashOf = (token: string): Buffer => hash("sha256", token, "buffer");
