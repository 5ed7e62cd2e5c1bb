import { generateKeyPairSync, sign as signWith } from "node:crypto";
import { type Role, readScannerCode, type SignedRecord, type TabletRecord } from "@tessera/contracts";
import { enrolmentMessage, recordMessage, toBase64url } from "@tessera/pass";
import type { CoreContext } from "../context.ts";
import type { EnrolledScanner } from "../gate/scanners/scanner.ts";
import { newId } from "../ids.ts";
import { registerVisitor } from "./accounts.ts";

type Wanted = {
  gateId: string;
  competitionSessionIds: readonly string[];
  /** Whose shift it is; staff unless told. */
  role?: Exclude<Role, "visitor">;
};

/** A tablet's own key pair. */
export function makeTabletKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return {
    /** 32 bytes. */
    publicKey: Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url"),
    sign: (bytes: Uint8Array): Uint8Array => new Uint8Array(signWith(null, bytes, privateKey)),
  };
}

/** What a new tablet sends with the code that somebody typed into it. */
export async function claimOf(code: string, { publicKey, sign } = makeTabletKey()) {
  const message = await enrolmentMessage(readScannerCode(code), publicKey);
  return { code, publicKey: toBase64url(publicKey), signature: toBase64url(sign(message)) };
}

/** A record as a tablet uploads it. */
export async function signRecord(
  { scannerId, sign }: { scannerId: string; sign: (bytes: Uint8Array) => Uint8Array },
  record: TabletRecord,
): Promise<SignedRecord> {
  const body = JSON.stringify(record);
  return { body, signature: toBase64url(sign(await recordMessage(scannerId, body))) };
}

/** An enrolled tablet with a shift that has just begun, as rows: nobody had to be invited. */
export async function enrolTablet(ctx: CoreContext, { gateId, competitionSessionIds, role = "staff" }: Wanted) {
  const { publicKey, sign } = makeTabletKey();
  const scanner: EnrolledScanner = {
    scannerId: newId(ctx),
    name: "Tablette de test",
    publicKey,
    gateId,
    competitionSessionIds,
  };
  const person = await registerVisitor(ctx, role);
  const now = ctx.clock();
  await ctx.db
    .insertInto("scanner")
    .values({
      id: scanner.scannerId,
      name: scanner.name,
      gate_id: gateId,
      state: "enrolled",
      code_hash: ctx.random(32),
      code_expires_at: now,
      public_key: scanner.publicKey,
      comparison: "TESTTEST",
      invited_by: person.accountId,
      invited_at: now,
      claimed_at: now,
      enrolled_by: person.accountId,
      enrolled_at: now,
    })
    .execute();
  await ctx.db
    .insertInto("scanner_competition_session")
    .values(
      competitionSessionIds.map((competition_session_id) => ({
        scanner_id: scanner.scannerId,
        competition_session_id,
      })),
    )
    .execute();
  const shift = await beginTestShift(ctx, scanner, { ...person, role });
  return {
    scanner,
    /** Whose shift it is. */
    person,
    shift,
    sign,
    /** A record as the tablet uploads it. */
    record: (record: TabletRecord) => signRecord({ scannerId: scanner.scannerId, sign }, record),
    /** Somebody else at work with it, as well. */
    beginShift: async (other: Exclude<Role, "visitor">) =>
      beginTestShift(ctx, scanner, { ...(await registerVisitor(ctx, other)), role: other }),
  };
}

async function beginTestShift(
  ctx: CoreContext,
  { scannerId }: EnrolledScanner,
  { accountId, displayName, role }: { accountId: string; displayName: string; role: Exclude<Role, "visitor"> },
) {
  const beganAt = ctx.clock();
  const shift = {
    id: newId(ctx),
    accountId,
    displayName,
    role,
    beganAt,
    endsAt: new Date(beganAt.getTime() + 12 * 3_600_000),
    overrides: role === "staff" ? 0 : 10,
  };
  const { id, overrides, endsAt } = shift;
  await ctx.db
    .insertInto("shift")
    .values({ id, scanner_id: scannerId, account_id: accountId, role, overrides, began_at: beganAt, ends_at: endsAt })
    .execute();
  return shift;
}
