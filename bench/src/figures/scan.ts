import pg from "pg";
import type { Bench } from "../bench.ts";
import { type BenchGate, openGate, questionOf, requestOf, scanEach } from "../gate.ts";
import { prepareRawScans, rawScans } from "../limits/raw-scan.ts";
import { measureInTurns, median, secondsOf } from "../measure.ts";
import type { Figure } from "../report.ts";
import { sendAll } from "../send.ts";
import { startServer } from "../server.ts";

const rounds = 3;
const scansARound = 1500;
/** As many tablets as a stadium has, each with one person before it. */
const connections = 48;

/**
 * Scans a second that the server answers tablets over HTTP, each signed, of another ticket and let in: over what the same
 * cryptography and the same rows take without HTTP, in turns.
 */
export async function measureScan(bench: Bench): Promise<Figure[]> {
  const gate = await openGate(bench, 2 * (rounds + 1) * scansARound);
  const { origin, stop } = await startServer(bench);
  const pool = new pg.Pool({ connectionString: bench.ownerUrl, max: connections });
  try {
    const both = async () => ({ http: await overHttp(bench, gate, origin), raw: await raw(bench, gate, pool) });
    // The first ones are slower, and not what a queue waits for.
    await both();
    const measured = await measureInTurns(rounds, both);
    return [
      {
        name: "scan_over_checks",
        value: median(measured.map((round) => round.http / round.raw)),
        unit: "",
        goal: { atLeast: 0.5 },
      },
      { name: "scan_per_s", value: median(measured.map(({ http }) => http)), unit: "/s", goal: null },
      { name: "scan_checks_per_s", value: median(measured.map((round) => round.raw)), unit: "/s", goal: null },
    ];
  } finally {
    await Promise.all([pool.end(), stop()]);
  }
}

async function overHttp(bench: Bench, gate: BenchGate, origin: string): Promise<number> {
  const scans = await scanEach(gate, scansARound);
  const requests = scans.map((scan) =>
    requestOf(scan.tablet, { origin, procedure: "validation.gate.ask", input: questionOf(gate.venue, scan) }),
  );
  return scansARound / (await sendAll(bench, { origin, requests, connections, expected: '"outcome":"admit"' }));
}

async function raw({ ctx }: Bench, gate: BenchGate, pool: pg.Pool): Promise<number> {
  const waiting = await prepareRawScans(ctx, await scanEach(gate, scansARound));
  const { competitionSessionId } = gate.venue;
  const seconds = await secondsOf(() =>
    Promise.all(
      Array.from({ length: connections }, async () => {
        for (let scan = waiting.pop(); scan !== undefined; scan = waiting.pop()) {
          await rawScans(ctx, pool, { competitionSessionId, scans: [scan], isUpload: false });
        }
      }),
    ),
  );
  return scansARound / seconds;
}
