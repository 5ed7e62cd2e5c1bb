import { createTestDatabase } from "@tessera/db/testing";
import { expect, it } from "vitest";
import { isClean } from "./report.ts";
import { type RunSettings, simulate } from "./run.ts";

// The short form of `pnpm simulate`: each evening would be hours.
const small: RunSettings = { seed: 1, scans: 800, tablets: 10, without: null };

async function evening(settings: RunSettings) {
  const database = await createTestDatabase();
  try {
    return await simulate(settings, database);
  } finally {
    await database.drop();
  }
}

it.each([1, 3, 6])("counts everybody once, however networks, clocks and a thief behave: seed %i", async (seed) => {
  const { row, findings } = await evening({ ...small, seed });
  expect(findings.filter(({ kind }) => kind !== "blurred")).toEqual([]);
  expect(isClean(row)).toBe(true);
  // As bad as it was meant to be.
  expect(row.scans).toBeGreaterThan(550);
  expect(row.cuts).toBeGreaterThan(0);
  expect(row.deaths).toBeGreaterThan(0);
  expect(row.incidents).toBeGreaterThan(0);
  expect(row.lies_told).toBeGreaterThan(0);
});

it("is the same evening again with the same seed", async () => {
  const tiny = { ...small, scans: 120, tablets: 4 };
  const [one, other] = [await evening(tiny), await evening(tiny)];
  expect(other).toEqual(one);
});

// Without the others: `pnpm simulate --guard off`.
it("finds whom a tablet lets in again that forgets its journal", async () => {
  const { row } = await evening({ ...small, scans: 500, without: "journal" });
  expect(isClean(row)).toBe(false);
});
