import { useSyncExternalStore } from "react";
import { type Basket, type BasketLine, emptyBasket } from "./basket.ts";

const storageKey = "tessera.basket.v1";
const listeners = new Set<() => void>();
let current: Basket = stored();

function stored(): Basket {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    return isBasket(value) ? value : emptyBasket;
  } catch {
    // Storage can be forbidden or hold nonsense; an empty basket is always right.
    return emptyBasket;
  }
}

function isBasket(value: unknown): value is Basket {
  if (typeof value !== "object" || value === null || !("lines" in value) || !("idempotencyKey" in value)) return false;
  const { lines, idempotencyKey } = value;
  return Array.isArray(lines) && lines.every(isLine) && (idempotencyKey === null || typeof idempotencyKey === "string");
}

function isLine(value: unknown): value is BasketLine {
  return (
    typeof value === "object" &&
    value !== null &&
    "offerId" in value &&
    "entries" in value &&
    Array.isArray(value.entries) &&
    ["quantity", "unitPriceCents", "persons"].every((key) => Number.isInteger(Reflect.get(value, key)))
  );
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
  current = stored();
  for (const listener of listeners) listener();
}

/** The basket of this browser, the same in all its tabs. */
export function useBasket(): Basket {
  return useSyncExternalStore(subscribe, readBasket);
}

export function readBasket(): Basket {
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

/** The key under which these lines are reserved, the same until `forgetAttempt` or a change of the lines. */
export function reservationKey(): string {
  const key = current.idempotencyKey ?? crypto.randomUUID();
  if (current.idempotencyKey === null) changeBasket((basket) => ({ ...basket, idempotencyKey: key }));
  return key;
}

/** After a definite refusal: the next try is another wish. */
export function forgetAttempt(): void {
  changeBasket((basket) => ({ ...basket, idempotencyKey: null }));
}
