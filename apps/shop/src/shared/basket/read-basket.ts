import type { Category, OfferKind } from "@tessera/contracts";
import type { Attempt, Basket, BasketEntry, BasketLine } from "./basket.ts";

// Checked by hand, since every page reads the basket before it shows anything: no schemas have to be loaded for it.

const mostUnits = 30;
const mostPersons = 20;
const mostCents = 1_000_000_00;
const kinds: readonly unknown[] = ["solo", "duo", "family", "group"] satisfies OfferKind[];
const categories: readonly unknown[] = ["A", "B", "C", "D", "E"] satisfies Category[];
const texts = ["id", "code", "disciplineCode", "discipline", "events", "venue", "city"];

/**
 * Reads what a browser kept as a basket: it may be from an older version of the shop, or changed by hand. Lines that the
 * shop cannot have written are dropped, and with them the attempt, which was for other lines; undefined for no basket.
 */
export function readBasket(value: unknown): Basket | undefined {
  if (!isRecord(value) || !Array.isArray(value["lines"])) return undefined;
  const lines = value["lines"].filter(isLine);
  const whole = lines.length === value["lines"].length;
  return { lines, attempt: whole && isAttempt(value["attempt"]) ? value["attempt"] : null };
}

/** Whether what a browser kept is a line of a basket, which can be shown and sent. */
export function isLine(value: unknown): value is BasketLine {
  if (!isRecord(value)) return false;
  const { offerId, kind, persons, name, currency, quantity, unitPriceCents, entries } = value;
  return (
    typeof offerId === "string" &&
    kinds.includes(kind) &&
    isWhole(persons, 1, mostPersons) &&
    (name === null || (isRecord(name) && typeof name["fr"] === "string" && typeof name["en"] === "string")) &&
    currency === "EUR" &&
    isWhole(quantity, 1, mostUnits) &&
    isWhole(unitPriceCents, 0, mostCents) &&
    Array.isArray(entries) &&
    entries.length > 0 &&
    entries.every(isEntry)
  );
}

function isEntry(value: unknown): value is BasketEntry {
  if (!isRecord(value) || !categories.includes(value["category"])) return false;
  const { competitionSession } = value;
  return (
    isRecord(competitionSession) &&
    texts.every((key) => typeof competitionSession[key] === "string") &&
    isTimeZone(competitionSession["timeZone"]) &&
    isInstant(competitionSession["startsAt"]) &&
    isInstant(competitionSession["endsAt"])
  );
}

function isAttempt(value: unknown): value is Attempt {
  return isRecord(value) && typeof value["idempotencyKey"] === "string" && typeof value["partial"] === "boolean";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function isInstant(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function isTimeZone(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).format(0) !== "";
  } catch {
    return false;
  }
}
