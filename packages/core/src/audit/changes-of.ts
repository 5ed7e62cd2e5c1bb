import type { AuditAct } from "./write-audit-entry.ts";

type Value = string | number | boolean | Date | null;

/**
 * What differs between before and after, for an entry's details: `priceCents` becomes `priceCentsFrom` and
 * `priceCentsTo`. What was or is nothing has no such side. Moments are ISO 8601.
 */
export function changesOf<Key extends string>(
  before: Readonly<Record<Key, Value>>,
  after: Readonly<Record<NoInfer<Key>, Value>>,
): NonNullable<AuditAct["details"]> {
  const changes: Record<string, string | number | boolean> = {};
  for (const key in before) {
    const [from, to] = [plain(before[key]), plain(after[key])];
    if (from === to) continue;
    if (from !== null) changes[`${key}From`] = from;
    if (to !== null) changes[`${key}To`] = to;
  }
  return changes;
}

const plain = (value: Value) => (value instanceof Date ? value.toISOString() : value);
