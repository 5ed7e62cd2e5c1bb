/** A page that was touched as lately is in use. */
const inUseMs = 60_000;

/**
 * Whether nobody has touched the page for a minute, from now on: pages keep themselves fresh, and that must not keep
 * somebody signed in who has gone.
 */
export function watchInput(target: EventTarget = globalThis): () => boolean {
  let touchedAt = performance.now();
  const touch = (): void => {
    touchedAt = performance.now();
  };
  for (const kind of ["pointerdown", "keydown", "wheel", "touchmove"]) {
    target.addEventListener(kind, touch, { capture: true, passive: true });
  }
  return () => performance.now() - touchedAt > inUseMs;
}
