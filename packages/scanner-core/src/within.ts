import type { DeviceClock } from "./ports.ts";

/** What the work gave, or null when it failed, took too long or was called off: then its signal is aborted. */
export async function within<Result>(
  clock: DeviceClock,
  ms: number,
  calledOff: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | null> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const cancel = clock.after(ms, end);
  calledOff.addEventListener("abort", end);
  const ended = new Promise<null>((resolve) => {
    ending.signal.addEventListener("abort", () => resolve(null));
  });
  try {
    if (calledOff.aborted) return null;
    return await Promise.race([work(ending.signal), ended]);
  } catch {
    return null;
  } finally {
    cancel();
    calledOff.removeEventListener("abort", end);
  }
}
