import { request } from "node:http";
import type { Bench } from "../bench.ts";
import { load } from "../load.ts";
import { measureInTurns, median } from "../measure.ts";
import type { Figure } from "../report.ts";
import { startServer } from "../server.ts";

const seconds = 2;

/** The whole programme over HTTP, beside the least that the same server can answer. */
export async function measureCatalogue(bench: Bench): Promise<Figure[]> {
  const server = await startServer(bench);
  try {
    const ping = { url: `${server.origin}/healthz`, headers: {}, status: 200 };
    const url = `${server.origin}/trpc/tickets.catalogue.programme`;
    const accept = { "accept-encoding": "gzip" };
    const { etag, bytes } = await fetchHead(url, accept);
    const whole = { url, headers: accept, status: 200 };
    const unchanged = { url, headers: { ...accept, "if-none-match": etag }, status: 304 };

    for (const warmUp of [ping, whole, unchanged]) await load(warmUp, 1);
    const rounds = await measureInTurns(3, async () => ({
      ping: await load(ping, seconds),
      whole: await load(whole, seconds),
      unchanged: await load(unchanged, seconds),
    }));
    const over = (kind: "whole" | "unchanged"): number =>
      median(rounds.map((round) => round[kind].perSecond / round.ping.perSecond));
    return [
      { name: "catalogue_over_ping", value: over("whole"), unit: "", goal: { atLeast: 0.5 } },
      { name: "catalogue_unchanged_over_ping", value: over("unchanged"), unit: "", goal: { atLeast: 0.5 } },
      {
        name: "catalogue_per_s",
        value: median(rounds.map(({ whole: { perSecond } }) => perSecond)),
        unit: "/s",
        goal: null,
      },
      { name: "catalogue_p95_ms", value: median(rounds.map(({ whole: { p95Ms } }) => p95Ms)), unit: "ms", goal: null },
      { name: "catalogue_gzip_kb", value: bytes / 1000, unit: "kB", goal: null },
      { name: "ping_per_s", value: median(rounds.map(({ ping: { perSecond } }) => perSecond)), unit: "/s", goal: null },
    ];
  } finally {
    await server.stop();
  }
}

/** What fetch hides: the bytes as they were sent. */
async function fetchHead(url: string, headers: Record<string, string>): Promise<{ etag: string; bytes: number }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      const { etag, "content-encoding": encoding } = response.headers;
      let bytes = 0;
      response.on("data", (chunk: Buffer) => (bytes += chunk.length));
      response.on("end", () => {
        if (etag !== undefined && encoding === "gzip") resolve({ etag, bytes });
        else reject(new Error(`${url} gave ${response.statusCode}, encoding ${encoding}, ETag ${etag}`));
      });
    })
      .on("error", reject)
      .end();
  });
}
