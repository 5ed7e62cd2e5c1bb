import { useSyncExternalStore } from "react";
import { type Attempt, type Basket, type BasketLine, emptyBasket } from "./basket.ts";
import { readBasket } from "./read-basket.ts";

const storageKey = "tessera.basket.v1";
const listeners = new Set<() => void>();
let current: Basket = stored(emptyBasket);

/** What the browser keeps; `otherwise` where it keeps nothing. */
function stored(otherwise: Basket): Basket {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    return readBasket(value) ?? otherwise;
  } catch {
    // Storage can be forbidden or hold nonsense.
    return otherwise;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", followOtherTabs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", followOtherTabs);
  };
}

function followOtherTabs({ key }: StorageEvent): void {
  if (key !== null && key !== storageKey) return;
  current = stored(emptyBasket);
  for (const listener of listeners) listener();
}

/** The basket of this browser, the same in all its tabs. */
export function useBasket(): Basket {
  return useSyncExternalStore(subscribe, currentBasket);
}

function currentBasket(): Basket {
  return current;
}

export function changeBasket(change: (basket: Basket) => Basket): void {
  current = change(current);
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Without storage the basket lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** A wish as it is sent, and whether it was before. */
export type Wish = Attempt & { readonly lines: readonly BasketLine[]; readonly retry: boolean };

/**
 * Makes a wish of the basket and remembers it before it is sent. One that has no definite answer yet, from this tab, from
 * another or from before a reload, is gone on with: what is new is only that it is tried again.
 *
 * @param partial the visitor agrees to get only what is left
 * @returns undefined when another tab has reserved it all
 */
export function beginAttempt(partial: boolean): Wish | undefined {
  // What another tab wrote a moment ago may not have been told here yet.
  current = stored(current);
  const { lines, attempt } = current;
  if (lines.length === 0) return undefined;
  if (attempt !== null) return { ...attempt, lines, retry: true };
  const begun = { idempotencyKey: crypto.randomUUID(), partial };
  changeBasket((basket) => ({ ...basket, attempt: begun }));
  return { ...begun, lines, retry: false };
}

/** After a definite refusal: the next try is another wish. */
export function forgetAttempt(idempotencyKey: string): void {
  if (current.attempt?.idempotencyKey === idempotencyKey) changeBasket((basket) => ({ ...basket, attempt: null }));
}
