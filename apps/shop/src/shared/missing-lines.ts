import type { Reservation } from "@tessera/contracts";
import type { BasketLine } from "./basket/basket.ts";
import { isLine } from "./basket/read-basket.ts";

/** A line of which less was granted than its quantity, and the error code that says why. */
export type MissingLine = { readonly line: BasketLine; readonly granted: number; readonly why: string };

const storageKey = "tessera.missing.v1";
/** An order says by itself what it has; what it lacks is of interest for a while. */
const mostKept = 10;

type Kept = { readonly orderId: string; readonly missing: readonly MissingLine[] };

/** What a reservation did not get, in the order of its lines; empty when all was there. */
export function missingOf(lines: readonly BasketLine[], reservation: Pick<Reservation, "lines">): MissingLine[] {
  return reservation.lines.flatMap(({ offerId, quantity, granted, refusal }) => {
    const line = lines.find((each) => each.offerId === offerId);
    if (line === undefined || granted >= quantity) return [];
    return [{ line: { ...line, quantity }, granted, why: refusal?.code ?? "sold_out" }];
  });
}

/** For the order's page: the server tells what was granted once, and then only what the order holds. */
export function keepMissing(orderId: string, missing: readonly MissingLine[]): void {
  if (missing.length === 0) return;
  const others = allKept().filter((kept) => kept.orderId !== orderId);
  try {
    localStorage.setItem(storageKey, JSON.stringify([{ orderId, missing }, ...others].slice(0, mostKept)));
  } catch {
    // Without storage the order's page shows what was obtained, and no more.
  }
}

/** What this browser knows to be missing from an order. */
export function missingFrom(orderId: string): readonly MissingLine[] {
  return allKept().find((kept) => kept.orderId === orderId)?.missing ?? [];
}

function allKept(): Kept[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(value) ? value.filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === "object" &&
    value !== null &&
    "orderId" in value &&
    "missing" in value &&
    Array.isArray(value.missing) &&
    value.missing.every(isMissing)
  );
}

function isMissing(value: unknown): value is MissingLine {
  return (
    typeof value === "object" &&
    value !== null &&
    "line" in value &&
    isLine(value.line) &&
    "granted" in value &&
    typeof value.granted === "number" &&
    "why" in value &&
    typeof value.why === "string"
  );
}
