/** A registration whose code is on its way. */
export type PendingRegistration = { readonly registrationId: string; readonly email: string };

const storageKey = "tessera.registration";
/** As long as its code is good. */
const lifeMs = 30 * 60_000;

/**
 * What was begun in this tab. A phone that needs memory throws the page away while its owner reads their mail, and they
 * must find it as it was.
 */
export function keptRegistration(now = Date.now()): PendingRegistration | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "null");
    return isKept(kept) && kept.until > now ? { registrationId: kept.registrationId, email: kept.email } : null;
  } catch {
    // Storage can be forbidden; then the page is all the memory there is.
    return null;
  }
}

export function keepRegistration(pending: PendingRegistration | null, now = Date.now()): void {
  try {
    if (pending === null) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, JSON.stringify({ ...pending, until: now + lifeMs }));
  } catch {
    // As above.
  }
}

function isKept(kept: unknown): kept is PendingRegistration & { until: number } {
  return (
    typeof kept === "object" &&
    kept !== null &&
    "registrationId" in kept &&
    typeof kept.registrationId === "string" &&
    "email" in kept &&
    typeof kept.email === "string" &&
    "until" in kept &&
    typeof kept.until === "number"
  );
}
