import { registerWorker } from "@tessera/offline";
import type { TabletApp } from "../../shared/tablet.ts";
import { findMissing, type Missing } from "./device.ts";
import { beOnlyHere } from "./only-here.ts";
import { openTabletApp } from "./open-tablet-app.ts";
import { openTabletStore, type StorageFailure } from "./tablet-database.ts";

/** How far the tablet has come since the page was opened. */
export type TabletStart =
  | { readonly status: "starting" }
  /** This device cannot be a tablet. */
  | { readonly status: "unfit"; readonly missing: Missing }
  /** Another page of the app is open on it. */
  | { readonly status: "elsewhere" }
  /** Nothing can be written any more. */
  | { readonly status: "stopped"; readonly failure: StorageFailure }
  | { readonly status: "running"; readonly tablet: TabletApp };

let current: TabletStart = { status: "starting" };
let started = false;
const watchers = new Set<() => void>();

function change(next: TabletStart): void {
  // What has stopped writing does not come back before the page is loaded anew.
  if (current.status === "stopped") return;
  current = next;
  for (const onChange of watchers) onChange();
}

async function start(): Promise<void> {
  registerWorker();
  const missing = await findMissing();
  if (missing !== null) return change({ status: "unfit", missing });
  await beOnlyHere(() => change({ status: "elsewhere" }));
  try {
    const store = await openTabletStore((failure) => change({ status: "stopped", failure }));
    change({ status: "running", tablet: await openTabletApp(store) });
  } catch {
    // A private window, or a device without space.
    change({ status: "unfit", missing: "storage" });
  }
}

export const readTabletStart = (): TabletStart => current;

/** Starts the tablet for the first who asks; there is one for as long as the page lives. */
export function watchTabletStart(onChange: () => void): () => void {
  watchers.add(onChange);
  if (!started) {
    started = true;
    void start();
  }
  return () => void watchers.delete(onChange);
}
