import { type CoreContext, type KekKind, resealKind } from "@tessera/core";
import { SingleBar } from "cli-progress";
import { formatNumber } from "../programme/report.ts";
import { servers } from "./describe-keys.ts";

type Parts = Pick<CoreContext, "db" | "clock" | "random" | "keyring"> & {
  say: (sentence: string) => void;
  signal: AbortSignal;
};

/** Seals a kind anew and tells how it goes. True if nothing is left to be done. */
export async function resealWithProgress(parts: Parts, kind: KekKind): Promise<boolean> {
  const { say, signal } = parts;
  const progress = showProgress(kind, say);
  const outcome = await resealKind(parts, {
    kind,
    signal,
    onProgress: progress.update,
    onWait: (nodes) => say(`${kind}: waiting for ${servers(nodes)} to seal with the active key …`),
  }).finally(progress.stop);
  if (outcome === undefined) {
    say(`${kind}: no active key-encryption key.`);
    return true;
  }
  const { kekId, resealed, remaining, unreadable, mayRetire, nodesBehind } = outcome;
  say(
    resealed === 0 && remaining === 0
      ? `${kind}: everything is sealed under ${kind}-${kekId}.`
      : `${kind}: ${formatNumber(resealed)} sealed anew under ${kind}-${kekId}, ${formatNumber(remaining)} left under others.`,
  );
  if (nodesBehind > 0) {
    say(`  Another key still seals on ${servers(nodesBehind)}: bring ${kind}-${kekId} there, and run this again.`);
  }
  for (const { table, rowId, epoch } of unreadable)
    say(`  cannot be opened: ${table} ${rowId}${epoch === 0 ? "" : `, epoch ${epoch}`}`);
  if (signal.aborted) say("  Stopped. Run it again to go on from here.");
  else if (remaining > 0 && unreadable.length === 0) say("  They were in use, or sealed meanwhile: run it again.");
  for (const id of mayRetire) say(`  ${kind}-${id} seals nothing any more: pnpm keys retire kek ${kind} ${id}`);
  return remaining === 0 && nodesBehind === 0;
}

/** A bar on a terminal; elsewhere a line at each tenth. */
function showProgress(kind: KekKind, say: (sentence: string) => void) {
  if (!process.stderr.isTTY) {
    let tenths = 0;
    return {
      update: (done: number, total: number): void => {
        const reached = total === 0 ? 0 : Math.floor((done / total) * 10);
        if (reached > tenths) say(`${kind}: ${formatNumber(done)} of ${formatNumber(total)} sealed anew`);
        tenths = Math.max(tenths, reached);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar({
    format: `${kind.padEnd(9)}{bar} {value} of {total}, {eta_formatted} to go`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let begun = false;
  return {
    update: (done: number, total: number): void => {
      if (!begun) bar.start(total, done);
      begun = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
