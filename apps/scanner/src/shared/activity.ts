const listeners = new Set<() => void>();

/** Somebody is at work though nobody touches the screen: a code was read. */
export function noteActivity(): void {
  for (const listen of listeners) listen();
}

/** Hears of it; gives the way to stop. */
export function onActivity(listen: () => void): () => void {
  listeners.add(listen);
  return () => void listeners.delete(listen);
}
