import { type Facts, type claimedScanner, type claimScannerInput, readScannerCode } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import {
  comparisonCode,
  enrolmentMessage,
  fromBase64url,
  isStrictPublicKey,
  toBase64url,
  verifySignature,
} from "@tessera/pass";
import type { Transaction } from "kysely";
import { writeAuditEntry } from "../../audit/write-audit-entry.ts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import { loadOrganiserKeys, type OrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Requester } from "../../ports.ts";
import { hashScannerCode } from "./scanner-code.ts";
import { confirmableUntil } from "./scanner.ts";
import { lockScanner, type ScannerRow, updateClaim } from "./scanners.queries.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring" | "policy" | "attempts">;
type Claimed = Facts<typeof claimedScanner>;

/**
 * What a new tablet asks with the code that somebody typed into it: to be known by its key. It is not enrolled before
 * somebody has compared both screens. One key has the code; asked again by that one, the answer is the same, so that a lost
 * answer costs nothing.
 * Throws `invalid_input` for a key that is none or has not signed, `scanner_code_wrong` for a code that is wrong, used or too
 * old, `conflict` for a key that another tablet has, and what `attempts.guess` throws at who has guessed too often.
 */
export async function claimScanner(
  ctx: Parts,
  { code: typed, ...sent }: Facts<typeof claimScannerInput>,
  requester: Requester,
): Promise<Claimed> {
  const code = readScannerCode(typed);
  const publicKey = bytesOf(sent.publicKey);
  if (!isStrictPublicKey(publicKey)) throw new CodedError("invalid_input");
  const message = await enrolmentMessage(code, publicKey);
  if (!(await verifySignature(publicKey, message, bytesOf(sent.signature)))) throw new CodedError("invalid_input");
  const keys = await loadOrganiserKeys(ctx);
  // Of no account: whoever guesses at codes is known by where that comes from.
  return ctx.attempts.guess("scanner_code", { account: "scanner", requester }, () =>
    ctx.db.transaction().execute(async (trx) => claim(trx, ctx, keys, { code, publicKey: Buffer.from(publicKey) })),
  );
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch {
    throw new CodedError("invalid_input");
  }
}

async function claim(
  trx: Transaction<Database>,
  ctx: Parts,
  keys: OrganiserKeys,
  { code, publicKey }: { code: string; publicKey: Buffer },
): Promise<Claimed> {
  const scanner = await lockScanner(trx, { codeHash: hashScannerCode(code) });
  const now = ctx.clock();
  if (scanner === undefined || !isOpenTo(scanner, publicKey, now)) throw new CodedError("scanner_code_wrong");
  const { id: scannerId, state } = scanner;
  const answer = {
    scannerId,
    gamesId: ctx.policy.gamesId,
    listKeys: keys.listPublicKeys(now).map(toPinned),
    issuerKeys: keys.issuerPublicKeys(now).map(toPinned),
  };
  const comparison = await comparisonCode({ ...answer, publicKey });
  if (state === "enrolled") {
    // Somebody has compared another answer, with keys that were changed since.
    if (scanner.comparison !== comparison) throw new CodedError("scanner_code_wrong");
    return answer;
  }
  await updateClaim(trx, scannerId, { publicKey, comparison, claimedAt: now });
  if (state === "invited") await writeAuditEntry(trx, ctx, { action: "scanner.claimed", subjectId: scannerId });
  return answer;
}

function isOpenTo({ state, codeExpiresAt, publicKey: known }: ScannerRow, publicKey: Buffer, now: Date): boolean {
  if (state === "invited") return now < codeExpiresAt;
  const isAgain = (state === "claimed" || state === "enrolled") && known?.equals(publicKey) === true;
  return isAgain && now < confirmableUntil(codeExpiresAt);
}

const toPinned = ({ id, publicKey }: { id: number; publicKey: Buffer }) => ({
  id,
  publicKey: toBase64url(publicKey),
});
