import { createHash } from "node:crypto";
import {
  type Audience,
  type Facts,
  type Role,
  rolesOfAudience,
  type WebauthnResponse,
  type webauthnOptions,
} from "@tessera/contracts";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import { type AuthStanding, readAuthStanding, startSignedIn, viewStanding } from "../auth-sessions/auth-sessions.ts";
import { endPrevious } from "../auth-sessions/end-auth-sessions.ts";
import { dropFactorReset } from "./drop-factor-reset.ts";
import { findPasskey, lockPasskeyOwner, notePasskeyUse, type PasskeyCredential } from "./passkeys.queries.ts";
import type { Passed } from "./second-factor.ts";
import { webauthnLibrary } from "./webauthn-library.ts";
import { answerWithinMs, checkPasskey, credentialIdOf, newChallenge, passkeyDomain } from "./webauthn.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "attempts" | "policy">;

/**
 * What the browser needs to offer the passkeys that it has for us: nobody has said yet who they are. Whoever asks again and
 * again fills a table, and must work for it. Throws what the limits throw.
 */
export async function beginPasskeySignIn(
  ctx: Pick<CoreContext, "db" | "clock" | "random" | "attempts" | "policy">,
  requester: Requester,
): Promise<Facts<typeof webauthnOptions>> {
  // At nobody's door: what counts is whose network it comes from.
  await ctx.attempts.spend("passkey_challenge", { account: requester.address, requester });
  const { generateAuthenticationOptions } = await webauthnLibrary();
  const options = await generateAuthenticationOptions({
    rpID: passkeyDomain(ctx, requester),
    challenge: await newChallenge(ctx, { purpose: "sign_in", accountId: null }),
    timeout: answerWithinMs,
    userVerification: "required",
  });
  return { ...options };
}

/**
 * Signs in to one app by a passkey alone: having it and its user verification are both factors. `previous` is what the
 * app's cookie held: it ends. Throws `passkey_refused`, what the limits throw, and only for a passkey that was right
 * `account_disabled` or `forbidden`.
 */
export async function signInWithPasskey(
  ctx: Parts,
  { response, audience }: { response: WebauthnResponse; audience: Audience },
  requester: Requester,
  previous: AuthStanding,
): Promise<Passed> {
  const { passkey, counter } = await ctx.attempts.guess(
    "second_factor",
    { account: subjectOf(response), requester },
    () => identify(ctx, response, requester),
  );
  const { accountId } = passkey;
  const authSession = await ctx.db.transaction().execute(async (trx) => {
    // Locked first of all: whoever is disabled at this moment, or loses a role, is so before this or ends it after.
    const owner = await lockPasskeyOwner(trx, accountId);
    if (!owner) throw new CodedError("passkey_refused");
    const code = refusalOf(owner, audience);
    if (code !== undefined) {
      const details = { code, audience, method: "passkey" };
      await writeAuditEntry(trx, ctx, { action: "sign_in.refused", subjectId: accountId, details });
      return { code };
    }
    await dropFactorReset(trx, ctx, accountId, "passkey");
    const used = await notePasskeyUse(trx, { id: passkey.id, counter, usedAt: ctx.clock() });
    if (!used) throw new CodedError("passkey_refused");
    await endPrevious(trx, previous);
    const details = { method: "passkey", audience };
    await writeAuditEntry(trx, ctx, {
      action: "sign_in.succeeded",
      actorId: accountId,
      subjectId: accountId,
      details,
    });
    return startSignedIn(trx, ctx, { accountId, role: owner.role, audience, requester });
  });
  // Thrown only now: what was written down of it stays.
  if ("code" in authSession) throw new CodedError(authSession.code);
  const { standing } = await readAuthStanding(ctx, { token: authSession.token, audience });
  return { authSession, standing: viewStanding(standing) };
}

function refusalOf(
  { role, disabledAt }: { role: Role; disabledAt: Date | null },
  audience: Audience,
): "account_disabled" | "forbidden" | undefined {
  if (disabledAt !== null) return "account_disabled";
  return rolesOfAudience[audience].includes(role) ? undefined : "forbidden";
}

async function identify(
  ctx: Parts,
  response: WebauthnResponse,
  requester: Requester,
): Promise<{ passkey: PasskeyCredential; counter: number }> {
  const passkey = await findPasskey(ctx.db, credentialIdOf(response));
  try {
    if (!passkey) throw new CodedError("passkey_refused");
    const purpose = { purpose: "sign_in", accountId: null } as const;
    const { counter } = await checkPasskey(ctx, { passkey, purpose, response, requester, userVerification: true });
    return { passkey, counter };
  } catch (error) {
    if (error instanceof CodedError) {
      const details = { method: "passkey", code: error.code };
      // Also one that nobody has: somebody tries.
      const subject = passkey && { subjectId: passkey.accountId };
      await writeAuditEntry(ctx.db, ctx, { action: "factor.wrong_code", ...subject, details });
    }
    throw error;
  }
}

/** Whom a try is counted for: the passkey that it names, however long its id is. */
const subjectOf = ({ id }: WebauthnResponse): string =>
  `passkey ${createHash("sha256").update(id).digest("base64url")}`;
