import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

/** `GET` this, with these headers, and nothing but this status is an answer. */
export type Question = { url: string; headers: Record<string, string>; status: number };

/** What the process that asks is told, and what it answers. */
export const loadOrder = z.object({
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  status: z.int(),
  connections: z.int(),
  seconds: z.number(),
});
export type LoadOrder = z.infer<typeof loadOrder>;

const loadResult = z.object({
  perSecond: z.number(),
  /** Of the time from a request to the end of its answer, while all connections ask without a pause. */
  p95Ms: z.number(),
});
export type Load = z.infer<typeof loadResult>;

const connections = 32;
const run = promisify(execFile);
const child = path.join(import.meta.dirname, "load.child.ts");

/** Asks one question again and again for some seconds, from a process of its own. */
export async function load(question: Question, seconds: number): Promise<Load> {
  const order: LoadOrder = { ...question, connections, seconds };
  const { stdout } = await run(process.execPath, [child, JSON.stringify(order)]);
  return loadResult.parse(JSON.parse(stdout));
}
