import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Duo } from "../shoppers.ts";

export const batch200Order = z.object({
  databaseUrl: z.string(),
  /** A file of `Shopper`s: purchases are written in the name of accounts that exist. */
  shoppers: z.string(),
  duo: z.object({ offerId: z.string(), unitPriceCents: z.int(), seatPoolId: z.string() }),
  seconds: z.number(),
});

const run = promisify(execFile);
const child = path.join(import.meta.dirname, "batch200.child.ts");

/**
 * Purchases a second by the product's own statements that lock the pool and write, 200 purchases to a transaction and two
 * transactions in flight, from a process of its own. What is written was made beforehand: nothing is asked, checked or
 * decided.
 */
export async function batch200PerSecond(
  what: { databaseUrl: string; shoppers: string; duo: Duo },
  seconds: number,
): Promise<number> {
  const { stdout } = await run(process.execPath, [child, JSON.stringify({ ...what, seconds })]);
  return Number(stdout);
}
