import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

/** What the process that asks is told. */
export const requestsOrder = z.object({
  origin: z.url(),
  /** Who asks, one after the other: a file of `Shopper`s. */
  shoppers: z.string(),
  /** With whom to begin. */
  from: z.int(),
  /** What is asked: a duo of these in turn, a sign-in, or who one is. */
  ask: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("reserve"),
      duos: z.array(z.object({ offerId: z.string(), unitPriceCents: z.int() })).min(1),
    }),
    z.object({ kind: z.literal("signIn"), password: z.string() }),
    z.object({ kind: z.literal("me") }),
  ]),
  /** The outcome of every request: another one is a fault. */
  expected: z.enum(["granted", "sold_out"]),
  connections: z.int(),
  seconds: z.number(),
  /** Without it each connection asks again as soon as it is answered; with it, so many a second at moments fixed before. */
  arrivalsPerSecond: z.number().optional(),
});
export type RequestsOrder = z.infer<typeof requestsOrder>;

const requestsResult = z.object({
  perSecond: z.number(),
  /** Of the time from the moment at which it was meant to be asked to the end of its answer. */
  p50Ms: z.number(),
  p99Ms: z.number(),
  asked: z.int(),
  others: z.record(z.string(), z.int()),
});
export type RequestsResult = z.infer<typeof requestsResult>;

const run = promisify(execFile);
const child = path.join(import.meta.dirname, "requests.child.ts");

/** Asks for some seconds from a process of its own. Throws when an answer is not the expected one. */
export async function ask(order: RequestsOrder, signal?: AbortSignal): Promise<RequestsResult> {
  const { stdout } = await run(process.execPath, [child, JSON.stringify(order)], { signal });
  const result = requestsResult.parse(JSON.parse(stdout));
  if (Object.keys(result.others).length > 0) {
    throw new Error(`${order.ask.kind}: answers that were not ${order.expected}: ${JSON.stringify(result.others)}`);
  }
  return result;
}
