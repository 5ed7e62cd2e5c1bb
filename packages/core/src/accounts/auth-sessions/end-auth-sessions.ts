import type { Database } from "@tessera/db";
import type { Kysely } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { deleteAuthSession, deleteAuthSessionsOf } from "./auth-sessions.queries.ts";
import type { AuthStanding, SignedIn } from "./auth-sessions.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random">;

/** Signs out. Whoever is signed out already stays it. */
export async function signOut(ctx: Parts, standing: AuthStanding): Promise<void> {
  if (standing.state === "signed_out") return;
  const { account, authSession } = standing;
  await ctx.db.transaction().execute(async (trx) => {
    const ended = await deleteAuthSession(trx, { id: authSession.id, accountId: account.id });
    if (!ended) return;
    await writeAuditEntry(trx, ctx, {
      action: "sign_out",
      actorId: account.id,
      subjectId: account.id,
      details: { audience: ended.audience },
    });
  });
}

/** Ends what a cookie held before somebody signed in again: the new auth session takes its place. */
export async function endPrevious(db: Kysely<Database>, previous: AuthStanding): Promise<void> {
  if (previous.state === "signed_out") return;
  await deleteAuthSession(db, { id: previous.authSession.id, accountId: previous.account.id });
}

/** Ends one of one's own auth sessions, of any app, at once. Throws `not_found` for another's, or one that has ended. */
export async function endAuthSession(
  ctx: Parts,
  { actor: { accountId } }: SignedIn,
  { authSessionId }: { authSessionId: string },
): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const ended = await deleteAuthSession(trx, { id: authSessionId, accountId });
    if (!ended) throw new CodedError("not_found");
    await writeAuditEntry(trx, ctx, {
      action: "auth_session.ended",
      actorId: accountId,
      subjectId: accountId,
      details: { count: 1, audience: ended.audience },
    });
  });
}

/** Ends all of one's own auth sessions but the one that asks, at once. */
export async function endOtherAuthSessions(ctx: Parts, { actor: { accountId }, authSession }: SignedIn): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const count = await deleteAuthSessionsOf(trx, accountId, { except: authSession.id });
    if (count === 0) return;
    const act = { actorId: accountId, subjectId: accountId, details: { count } };
    await writeAuditEntry(trx, ctx, { action: "auth_session.ended", ...act });
  });
}
