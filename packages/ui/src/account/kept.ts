import { useSyncExternalStore } from "react";

/** How far a note reaches: this tab, for as long as it is open, or all tabs of this browser. */
type Reach = "tab" | "browser";

const watchers = new Set<() => void>();
const keyOf = (name: string): string => `tessera.${name}`;
/** Where storage is forbidden, the page is all the memory there is. */
const inPage = new Map<string, string>();

function storageOf(reach: Reach): Storage {
  return reach === "tab" ? sessionStorage : localStorage;
}

/** A note that the page has made for itself; null where there is none. */
export function kept(reach: Reach, name: string): string | null {
  try {
    return storageOf(reach).getItem(keyOf(name));
  } catch {
    return inPage.get(name) ?? null;
  }
}

/** Makes a note that outlives a reload; null takes it away. */
export function keep(reach: Reach, name: string, text: string | null): void {
  try {
    if (text === null) storageOf(reach).removeItem(keyOf(name));
    else storageOf(reach).setItem(keyOf(name), text);
  } catch {
    if (text === null) inPage.delete(name);
    else inPage.set(name, text);
  }
  for (const watch of watchers) watch();
}

/** The same, and the component follows it. */
export function useKept(reach: Reach, name: string): string | null {
  return useSyncExternalStore(watchKept, () => kept(reach, name));
}

function watchKept(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}
