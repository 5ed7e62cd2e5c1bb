import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { readListPart } from "@tessera/core";
import { fromBase64url, parseListPart, uuidFromBytes } from "@tessera/pass";
import type { Bench } from "../bench.ts";
import type { Figure } from "../report.ts";
import { activateAnew, fillStadium, letIn } from "../stadium.ts";

const tickets = 80_000;
const gzipped = promisify(gzip);

/**
 * What a tablet downloads for a full stadium, half of which is inside, and what then comes after 1,000 changes: two thirds
 * go in, the others activate their ticket on another device. The answers' bodies, compressed as the server compresses them.
 */
export async function measureListBytes(bench: Bench): Promise<Figure[]> {
  const stadium = await fillStadium(bench, tickets);
  const { competitionSessionId, ticketIds } = stadium;
  const whole = await fetchParts(bench, competitionSessionId, null);
  const outside = ticketIds.filter((_, index) => index % 2 === 1);
  await letIn(bench.owner, { competitionSessionId, ticketIds: outside.slice(0, 667) });
  await activateAnew(bench.owner, { competitionSessionId, ticketIds: outside.slice(667, 1000) });
  const delta = await fetchParts(bench, competitionSessionId, whole.cursor);
  if (whole.tickets !== tickets || delta.tickets !== 1000) {
    throw new Error(`a list has ${whole.tickets} tickets and its delta ${delta.tickets}`);
  }
  return [
    { name: "list_bytes_80k", value: whole.bytes / 1e6, unit: "MB", goal: { atMost: 6 } },
    { name: "delta_bytes_1000", value: delta.bytes / 1e3, unit: "kB", goal: { atMost: 100 } },
    { name: "list_part_ms_longest", value: whole.longestMs, unit: "ms", goal: null },
  ];
}

/** All parts from a cursor on; `cursor`: where the next ones start. */
async function fetchParts({ ctx }: Bench, competitionSessionId: string, from: string | null) {
  const sum = { bytes: 0, tickets: 0, longestMs: 0, cursor: "" };
  const wanted = { competitionSessionId, cursor: from, above: 0 };
  for (let after: { first: number; index: number; ticketId: string } | null = null, more = true; more;) {
    const startedMs = performance.now();
    const answer = await readListPart(ctx, { competitionSessionIds: [competitionSessionId] }, { ...wanted, after });
    sum.longestMs = Math.max(sum.longestMs, performance.now() - startedMs);
    sum.bytes += (await gzipped(JSON.stringify({ result: { data: answer } }))).length;
    const read = parseListPart(answer.body);
    if (!read.ok) throw new Error(`a part is ${read.reason}`);
    const { part } = read;
    sum.tickets += part.tickets.id.length;
    if (part.page === null || part.page.index === 0) sum.cursor = part.cursor;
    ({ more } = part);
    wanted.cursor = part.page === null ? part.cursor : null;
    const ticketId = uuidFromBytes(fromBase64url(part.tickets.id.at(-1) ?? ""));
    after = part.page === null ? null : { first: part.page.first, index: part.page.index + 1, ticketId };
  }
  return sum;
}
