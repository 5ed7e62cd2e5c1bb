import { hash } from "node:crypto";
import { type SignedRecord, type TabletRecord, tabletRecord, type Uploaded } from "@tessera/contracts";
import { fromBase64url, readCode, recordMessage, type VerifiedCode, verifyCode, verifySignature } from "@tessera/pass";
import type { CoreContext } from "../../context.ts";
import { loadOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { EnrolledScanner } from "../scanners/scanner.ts";

export type Refused = Uploaded["refused"][number];

/** A record that its tablet has signed, with what signatures say of its code. */
export type ReadRecord = {
  /** Its place in the upload. */
  readonly index: number;
  readonly record: TabletRecord;
  /** Of its text. */
  readonly sha256: Buffer;
  /** Null where no code was read. */
  readonly verified: VerifiedCode | null;
};

/** Reads an upload: what is no record, or not signed by this tablet, is refused by its place. */
export async function readRecords(
  ctx: Pick<CoreContext, "db" | "clock" | "keyring" | "policy">,
  scanner: Pick<EnrolledScanner, "scannerId" | "publicKey">,
  records: readonly SignedRecord[],
): Promise<{ read: ReadRecord[]; refused: Refused[] }> {
  const keys = await loadOrganiserKeys(ctx);
  /** By the issuer keys that were good when the code was scanned. */
  const verify = async (record: TabletRecord): Promise<VerifiedCode | null> => {
    if (record.kind !== "scan" || record.code === null) return null;
    const issuerKeys = keys.issuerPublicKeys(new Date(record.at)).map((key) => [key.id, key] as const);
    return verifyCode(readCode(record.code), new Map(issuerKeys), ctx.policy.gamesId);
  };
  const results = await Promise.all(
    records.map(async ({ body, signature }, index): Promise<ReadRecord | Refused> => {
      const record = parse(body);
      if (record === null) return { index, why: "torn" };
      const message = await recordMessage(scanner.scannerId, body);
      const signed = await verifySignature(scanner.publicKey, message, fromBase64url(signature));
      if (!signed) return { index, why: "bad_signature" };
      return { index, record, sha256: hash("sha256", body, "buffer"), verified: await verify(record) };
    }),
  );

  return {
    read: results.filter((result): result is ReadRecord => "record" in result),
    refused: results.filter((result): result is Refused => "why" in result),
  };
}

function parse(body: string): TabletRecord | null {
  try {
    return tabletRecord.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
