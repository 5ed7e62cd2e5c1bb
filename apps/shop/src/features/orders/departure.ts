const storageKey = "tessera.departure";

/** This tab goes to the provider's page to pay an order. */
export function rememberDeparture(orderId: string): void {
  try {
    sessionStorage.setItem(storageKey, orderId);
  } catch {
    // The order's page then says a little less when one comes back.
  }
}

/**
 * Whether this tab was sent back by the provider's page, and not brought back by the browser's Back button: then the
 * visitor has done what there was to do, and what is missing is the bank's answer.
 */
export function cameBackToPay(orderId: string): boolean {
  try {
    return sessionStorage.getItem(storageKey) === orderId && !wentBack();
  } catch {
    return false;
  }
}

export function forgetDeparture(orderId: string): void {
  try {
    if (sessionStorage.getItem(storageKey) === orderId) sessionStorage.removeItem(storageKey);
  } catch {
    // Nothing was stored then.
  }
}

function wentBack(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation instanceof PerformanceNavigationTiming && navigation.type === "back_forward";
}
