import { createHash } from "node:crypto";
import type { Database } from "@tessera/db";
import type { Kysely, Transaction } from "kysely";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import {
  deleteMailTokensExpiredBy,
  findMailToken,
  type FoundMailToken,
  insertMailToken,
  type MailTokenKind,
  takeMailToken,
} from "./mail-tokens.queries.ts";

/** What the link of a mail carries: 32 random bytes, base64url. Only their SHA-256 is kept. */
export async function issueMailToken(
  trx: Transaction<Database>,
  ctx: Pick<CoreContext, "clock" | "random">,
  token: { kind: MailTokenKind; accountId: string | null; subjectId?: string; minutes: number },
): Promise<string> {
  const secret = ctx.random(32).toString("base64url");
  const createdAt = ctx.clock();
  await insertMailToken(trx, {
    tokenHash: hashOf(secret),
    kind: token.kind,
    accountId: token.accountId,
    subjectId: token.subjectId ?? null,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + token.minutes * 60_000),
  });
  return secret;
}

/** Uses a token up. Throws `link_expired` for one that is used, too old, of another kind, or none of ours. */
export async function useMailToken(
  trx: Transaction<Database>,
  { clock }: Pick<CoreContext, "clock">,
  { token, kinds }: { token: string; kinds: readonly MailTokenKind[] },
): Promise<FoundMailToken> {
  const found = await takeMailToken(trx, { tokenHash: hashOf(token), kinds, now: clock() });
  if (!found) throw new CodedError("link_expired");
  return found;
}

/** What a token is for, without using it up. Throws `link_expired`. */
export async function readMailToken(
  db: Kysely<Database>,
  { clock }: Pick<CoreContext, "clock">,
  { token, kinds }: { token: string; kinds: readonly MailTokenKind[] },
): Promise<FoundMailToken> {
  const found = await findMailToken(db, { tokenHash: hashOf(token), kinds, now: clock() });
  if (!found) throw new CodedError("link_expired");
  return found;
}

/** Forgets links that nobody can use any more; it only keeps the table small. */
export async function forgetExpiredMailTokens({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<void> {
  await deleteMailTokensExpiredBy(db, clock());
}

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
