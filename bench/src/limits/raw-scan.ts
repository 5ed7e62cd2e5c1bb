import { createPublicKey, hash, randomUUID, verify } from "node:crypto";
import { type CoreContext, loadOrganiserKeys } from "@tessera/core";
import { passMessage, proofMessage, readCode, toBase64url, type Pass } from "@tessera/pass";
import { checkSeal, deriveTicketKey } from "@tessera/pass/issuer";
import type pg from "pg";
import type { BenchScan } from "../gate.ts";

/** A scan with its keys imported and its messages put together beforehand. */
export type RawScan = BenchScan & {
  pass: Pass;
  signatures: readonly { key: ReturnType<typeof createPublicKey>; message: Uint8Array; signature: Uint8Array }[];
  sha256: Buffer;
};

export async function prepareRawScans(ctx: CoreContext, scans: readonly BenchScan[]): Promise<RawScan[]> {
  const { issuer } = await loadOrganiserKeys(ctx);
  const issuerKey = publicKey(issuer.key.publicKey);
  return Promise.all(
    scans.map(async (scan) => {
      const read = readCode(scan.code);
      if (!read.ok || read.code.proof === null) throw new Error("not the code of a device");
      const { pass, proof } = read.code;
      // A record or a request is signed as well, by the tablet.
      const message = Buffer.from(scan.code);
      const signatures = [
        { key: issuerKey, message: passMessage(ctx.policy.gamesId, pass.bytes), signature: pass.signature },
        {
          key: publicKey(pass.devicePublicKey),
          message: await proofMessage(pass.bytes, proof.slot),
          signature: proof.signature,
        },
        { key: publicKey(scan.tablet.publicKey), message, signature: scan.tablet.sign(message) },
      ];
      return { ...scan, pass, signatures, sha256: hash("sha256", scan.code, "buffer") };
    }),
  );
}

/** What the server looks at: three signatures, and the seal that both of the ticket's keys make. */
function check(ctx: CoreContext, scan: RawScan, row: SealedRow): void {
  const { pass, signatures } = scan;
  const signed = signatures.every(({ key, message, signature }) => verify(null, message, key, signature));
  const { ticketId, epoch } = pass;
  const accountKey = ctx.keyring.open("account", row.sealed_account_key, {
    table: "account",
    column: "sealed_account_key",
    rowId: row.holder_account_id,
    epoch: 0,
  });
  const purchaseKey = ctx.keyring.open("purchase", row.sealed_purchase_key, {
    table: "ticket_epoch",
    column: "sealed_purchase_key",
    rowId: ticketId,
    epoch,
  });
  const sealed = checkSeal(deriveTicketKey(accountKey, purchaseKey, ticketId, epoch), pass.bytes);
  if (!signed || !sealed) throw new Error("a good code is not good");
}

type SealedRow = {
  id: string;
  holder_account_id: string;
  sealed_account_key: Buffer;
  sealed_purchase_key: Buffer;
};

/** Prepared: the server parses each once a connection. */
const lock = {
  name: "raw-lock",
  text: `select ticket.id, ticket.holder_account_id, account.sealed_account_key, ticket_epoch.sealed_purchase_key
    from ticket
    join account on account.id = ticket.holder_account_id
    join ticket_epoch on ticket_epoch.competition_session_id = ticket.competition_session_id
      and ticket_epoch.ticket_id = ticket.id and ticket_epoch.epoch = ticket.epoch
    where ticket.id = any($1::uuid[]) order by ticket.id for no key update of ticket`,
};
const admit = {
  name: "raw-admit",
  text: `with scanned as (
      insert into scan (competition_session_id, id, scanner_id, number, shift_id, account_id, gate_id, ticket_id,
          code_sha256, outcome, reason, through, scanned_at, received_at)
        select $1, given.id, given.scanner_id, number, shift.id, shift.account_id, gate_id, ticket_id, code_sha256, 'admit',
          'admitted', true, now(), now()
        from unnest($2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::uuid[], $7::uuid[], $8::bytea[])
          as given (id, scanner_id, number, shift_id, gate_id, ticket_id, code_sha256)
        join shift on shift.id = given.shift_id
        returning competition_session_id, id, ticket_id, gate_id),
    let_in as (
      update ticket set state = 'admitted' from scanned
        where ticket.competition_session_id = scanned.competition_session_id and ticket.id = scanned.ticket_id)
    insert into passage (competition_session_id, ticket_id, direction, ordinal, scan_id, gate_id, at)
      select competition_session_id, ticket_id, 'in', 1, id, gate_id, now() from scanned`,
};

/**
 * The limit of scanning: the same cryptography, and the same rows in the fewest statements, on disk before the next. No HTTP,
 * no reading of codes, no policy, no history, no incidents.
 *
 * @param scans of different tickets; they go into one transaction, whose tickets are locked in order
 * @param isUpload with the row that keeps each record's number
 */
export async function rawScans(
  ctx: CoreContext,
  pool: pg.Pool,
  {
    competitionSessionId,
    scans,
    isUpload,
  }: { competitionSessionId: string; scans: readonly RawScan[]; isUpload: boolean },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<SealedRow>({ ...lock, values: [scans.map(({ pass }) => pass.ticketId)] });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const scan of scans) {
      const row = byId.get(scan.pass.ticketId);
      if (row === undefined) throw new Error("a ticket is not there");
      check(ctx, scan, row);
    }
    if (isUpload) await client.query({ ...keep, values: [...numbersOf(scans)] });
    const [scannerIds, numbers, sha256] = numbersOf(scans);
    const values = [
      competitionSessionId,
      scans.map(() => randomUUID()),
      scannerIds,
      numbers,
      scans.map(({ tablet }) => tablet.shiftId),
      scans.map(({ tablet }) => tablet.gateId),
      scans.map(({ pass }) => pass.ticketId),
      sha256,
    ];
    await client.query({ ...admit, values });
    await client.query("commit");
  } finally {
    client.release();
  }
}

const keep = {
  name: "raw-keep",
  text: `insert into scanner_record (scanner_id, number, kind, sha256, received_at)
    select scanner_id, number, 'scan', sha256, now()
    from unnest($1::uuid[], $2::int[], $3::bytea[]) as given (scanner_id, number, sha256)`,
};

const numbersOf = (scans: readonly RawScan[]) =>
  [
    scans.map(({ tablet }) => tablet.scannerId),
    scans.map(({ number }) => number),
    scans.map(({ sha256 }) => sha256),
  ] as const;

function publicKey(bytes: Uint8Array | null): ReturnType<typeof createPublicKey> {
  if (bytes === null) throw new Error("no key");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: toBase64url(bytes) }, format: "jwk" });
}
