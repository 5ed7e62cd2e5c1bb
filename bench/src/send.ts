import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Bench } from "./bench.ts";

/** What the process that sends is told. */
export const sendOrder = z.object({
  origin: z.url(),
  /** A file of whole requests. */
  requests: z.string(),
  connections: z.int(),
  /** What must be in each answer's body. */
  expected: z.string(),
});

const run = promisify(execFile);
const child = path.join(import.meta.dirname, "send.child.ts");

/**
 * Sends whole requests, each once, over so many connections from a process of its own; gives how many seconds that took.
 * Rejects when an answer is not what was expected.
 */
export async function sendAll(
  { dataDir }: Bench,
  order: { origin: string; requests: readonly string[]; connections: number; expected: string },
): Promise<number> {
  const requests = path.join(dataDir, `requests-${randomUUID()}.json`);
  await writeFile(requests, JSON.stringify(order.requests), { mode: 0o600 });
  try {
    const { stdout } = await run(process.execPath, [child, JSON.stringify({ ...order, requests })]);
    return z.number().parse(JSON.parse(stdout));
  } finally {
    await rm(requests);
  }
}
