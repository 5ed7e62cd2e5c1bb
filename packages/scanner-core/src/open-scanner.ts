import { readTrust, writeTrust } from "./list-trust.ts";
import { Scanner, type ScannerOptions } from "./scanner.ts";
import { ListRefused, takeList } from "./take-list.ts";

/**
 * Starts the work at a gate with the newest list. The first contact says whose lists are taken. Rejects with what the
 * transport rejected with, or with `ListRefused`: without a first list a tablet can decide nothing.
 */
export async function openScanner(options: ScannerOptions, signal: AbortSignal): Promise<Scanner> {
  const { clock, transport, trust } = options;
  const kept = readTrust(trust);
  if (kept.trusted === null) writeTrust(trust, { ...kept, trusted: await transport.listKeys(signal) });
  const askedAtMs = clock.monotonicMs();
  const taken = await takeList(await transport.list(signal), { ...options, nowMs: null });
  if (!taken.ok) throw new ListRefused(taken.problem);
  return new Scanner(options, taken.list, askedAtMs);
}
