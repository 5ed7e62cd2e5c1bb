import { mostRecords } from "@tessera/contracts";
import pg from "pg";
import type { Bench } from "../bench.ts";
import { type BenchGate, openGate, recordOf, requestOf, scanEach } from "../gate.ts";
import { prepareRawScans, rawScans } from "../limits/raw-scan.ts";
import { measureInTurns, median, secondsOf } from "../measure.ts";
import type { Figure } from "../report.ts";
import { sendAll } from "../send.ts";
import { startServer } from "../server.ts";

const rounds = 3;
const uploadsARound = 18;
const connections = 4;
const recordsARound = uploadsARound * mostRecords;

/**
 * Offline scans a second that the server takes from tablets, 200 a request: over what the same cryptography and the same rows
 * take without HTTP, as many to a transaction.
 */
export async function measureUpload(bench: Bench): Promise<Figure[]> {
  const gate = await openGate(bench, 2 * (rounds + 1) * recordsARound);
  const { origin, stop } = await startServer(bench);
  const pool = new pg.Pool({ connectionString: bench.ownerUrl, max: connections });
  try {
    const both = async () => ({ http: await overHttp(bench, gate, origin), raw: await raw(bench, gate, pool) });
    await both();
    const measured = await measureInTurns(rounds, both);
    return [
      {
        name: "upload_over_checks",
        value: median(measured.map((round) => round.http / round.raw)),
        unit: "",
        goal: { atLeast: 0.5 },
      },
      { name: "upload_records_per_s", value: median(measured.map(({ http }) => http)), unit: "/s", goal: null },
      { name: "upload_checks_per_s", value: median(measured.map((round) => round.raw)), unit: "/s", goal: null },
    ];
  } finally {
    await Promise.all([pool.end(), stop()]);
  }
}

async function overHttp(bench: Bench, gate: BenchGate, origin: string): Promise<number> {
  const requests: string[] = [];
  for (const scans of await batches(gate)) {
    const [{ tablet } = { tablet: undefined }] = scans;
    if (tablet === undefined) throw new Error("nothing was scanned");
    const records = await Promise.all(scans.map((scan) => recordOf(gate.venue, { ...scan, tablet })));
    requests.push(requestOf(tablet, { origin, procedure: "validation.gate.upload", input: { records } }));
  }
  const seconds = await sendAll(bench, { origin, requests, connections, expected: '"refused":[]' });
  return recordsARound / seconds;
}

async function raw({ ctx }: Bench, gate: BenchGate, pool: pg.Pool): Promise<number> {
  const waiting = await Promise.all((await batches(gate)).map((scans) => prepareRawScans(ctx, scans)));
  const { competitionSessionId } = gate.venue;
  const seconds = await secondsOf(() =>
    Promise.all(
      Array.from({ length: connections }, async () => {
        for (let scans = waiting.pop(); scans !== undefined; scans = waiting.pop()) {
          await rawScans(ctx, pool, { competitionSessionId, scans, isUpload: true });
        }
      }),
    ),
  );
  return recordsARound / seconds;
}

/** What so many uploads hold, each of one tablet. */
async function batches(gate: BenchGate) {
  const scans = await scanEach(gate, recordsARound);
  return Array.from({ length: uploadsARound }, (_, index) =>
    scans.slice(index * mostRecords, (index + 1) * mostRecords),
  );
}
