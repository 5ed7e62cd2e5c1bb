/** What is asked for: the same tickets of an order with the same note are the same wish. */
export type RefundWish = { readonly orderId: string; readonly ticketIds: readonly string[]; readonly note: string };

type Kept = { readonly key: string; readonly wish: string };

const storageKey = (orderId: string): string => `tessera.refund.${orderId}`;

/**
 * The idempotency key of a wish: the one it was sent with before as long as nobody knows what became of it, also after
 * the page was loaded anew; another one for another wish. The server carries a key out once.
 */
export function refundKey(
  wish: RefundWish,
  storage: Pick<Storage, "getItem" | "setItem">,
  newKey: () => string,
): string {
  const text = JSON.stringify([wish.ticketIds.toSorted(), wish.note]);
  const kept = read(storage.getItem(storageKey(wish.orderId)));
  if (kept?.wish === text) return kept.key;
  const key = newKey();
  storage.setItem(storageKey(wish.orderId), JSON.stringify({ key, wish: text } satisfies Kept));
  return key;
}

/** It was carried out. A refusal ends the key at the server, and so it can be sent again. */
export function forgetRefundKey(orderId: string, storage: Pick<Storage, "removeItem">): void {
  storage.removeItem(storageKey(orderId));
}

function read(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === "object" &&
    value !== null &&
    "key" in value &&
    typeof value.key === "string" &&
    "wish" in value &&
    typeof value.wish === "string"
  );
}
