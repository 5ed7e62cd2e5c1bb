import { hash, randomBytes } from "node:crypto";
import { seededRandom } from "@tessera/chaos/random";
import {
  audienceHeader,
  type ScanRecord,
  signatureBase,
  signatureHeaders,
  signatureLabel,
  signatureParams,
  type SignedRecord,
  structuredBytes,
} from "@tessera/contracts";
import { createDatabase } from "@tessera/db";
import { recordMessage, toBase64url } from "@tessera/pass";
import { codeOf } from "@tessera/simulation/showings";
import { type StagedTablet, stageTablet } from "@tessera/simulation/tablets";
import { issueTickets } from "@tessera/simulation/tickets";
import { openVenue, type Venue } from "@tessera/simulation/venue";
import type { Bench } from "./bench.ts";

type Ticket = Awaited<ReturnType<typeof issueTickets>>[number];

/** A venue whose gates are open, with tickets that nobody has used, and tablets at every gate. */
export type BenchGate = {
  venue: Venue;
  /** Each is for one of its gates' zones, and on a phone. */
  tickets: Ticket[];
  tablets: readonly StagedTablet[];
};

const tabletsAGate = 8;

export async function openGate(bench: Bench, count: number): Promise<BenchGate> {
  const { ctx, ownerUrl } = bench;
  const ownerDb = createDatabase(ownerUrl, { max: 1, applicationName: "tessera-bench-gate" });
  try {
    const policy = { reentry: "never", offlineAdmission: "any", maxListAgeSeconds: 3600, listTooOld: "check" } as const;
    const venue = await openVenue(ctx, ownerDb, { startMs: Date.now(), capacity: 1_000_000, policy });
    // Some are on paper, and nobody is let in by paper alone.
    const some = { count: Math.ceil(count * 1.1), random: seededRandom(1), bytes: randomBytes };
    const issued = await issueTickets(ctx, ownerDb, venue, some);
    const tickets = issued.filter(({ party }) => party.device !== null).slice(0, count);
    const tablets: StagedTablet[] = [];
    for (const { id } of venue.gates) {
      for (let left = tabletsAGate; left > 0; left -= 1) tablets.push(await stageTablet(ctx, venue, id));
    }
    return { venue, tickets, tablets };
  } finally {
    await ownerDb.destroy();
  }
}

/** One scan of a ticket, now, at a tablet of a gate that leads to its zone. */
export type BenchScan = { ticket: Ticket; tablet: StagedTablet; code: string; at: string; number: number };

/** A scan of each ticket, the tablets in turn; takes the tickets away. */
export async function scanEach({ venue, tickets, tablets }: BenchGate, count: number): Promise<BenchScan[]> {
  const now = Date.now();
  const scans: BenchScan[] = [];
  for (const ticket of tickets.splice(0, count)) {
    const gateIds = venue.gates.filter(({ zones }) => zones.includes(ticket.zone)).map(({ id }) => id);
    const there = tablets.filter(({ gateId }) => gateIds.includes(gateId));
    const tablet = there[scans.length % there.length];
    if (tablet === undefined) throw new Error(`no tablet serves zone ${ticket.zone}`);
    numbers += 1;
    scans.push({ ticket, tablet, code: await codeOf(ticket, now), at: new Date(now).toISOString(), number: numbers });
  }
  return scans;
}

/** No two scans of a run have the same, and so none of a tablet. */
let numbers = 0;

const placeOf = ({ competitionSessionId }: Venue, { tablet, code, at, number }: BenchScan) => ({
  number,
  shiftId: tablet.shiftId,
  at,
  competitionSessionId,
  gateId: tablet.gateId,
  direction: "in" as const,
  means: "camera" as const,
  code,
  ticketId: null,
});

export const questionOf = placeOf;

/** What a tablet that was cut off wrote down of it, signed. */
export async function recordOf(venue: Venue, scan: BenchScan): Promise<SignedRecord> {
  const record: ScanRecord = {
    kind: "scan",
    ...placeOf(venue, scan),
    outcome: "admit",
    reason: "admitted",
    shown: "admit",
    confirmed: false,
    listNumber: 1,
    cutOff: true,
    clockInDoubt: false,
  };
  const body = JSON.stringify(record);
  const { scannerId, sign } = scan.tablet;
  return { body, signature: toBase64url(sign(await recordMessage(scannerId, body))) };
}

/** A tablet's signed call of a procedure (RFC 9421), as it goes over the wire. */
export function requestOf(
  { scannerId, sign }: StagedTablet,
  { origin, procedure, input }: { origin: string; procedure: string; input: unknown },
): string {
  const target = `/trpc/${procedure}`;
  const body = JSON.stringify(input);
  const contentDigest = structuredBytes("sha-256", hash("sha256", body, "base64"));
  const params = signatureParams({ created: Math.floor(Date.now() / 1000), keyId: scannerId });
  const signature = sign(Buffer.from(signatureBase({ method: "POST", target, contentDigest, params })));
  return [
    `POST ${target} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    `${audienceHeader}: scanner`,
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    `${signatureHeaders.digest}: ${contentDigest}`,
    `${signatureHeaders.input}: ${signatureLabel}=${params}`,
    `${signatureHeaders.signature}: ${structuredBytes(signatureLabel, Buffer.from(signature).toString("base64"))}`,
    "",
    body,
  ].join("\r\n");
}
