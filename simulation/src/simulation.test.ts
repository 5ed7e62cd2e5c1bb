import { createTestDatabase } from "@tessera/db/testing";
import { expect, it } from "vitest";
import { guards } from "./guards.ts";
import { isClean } from "./report.ts";
import { type RunSettings, simulate } from "./run.ts";

// The short form of `pnpm simulate`: each evening would be hours.
const small: RunSettings = { seed: 1, scans: 1000, tablets: 10, without: null };

async function evening(settings: RunSettings) {
  const database = await createTestDatabase();
  try {
    return await simulate(settings, database);
  } finally {
    await database.drop();
  }
}

it.each([1, 2, 3])("counts everybody once, however networks, clocks and a thief behave: seed %i", async (seed) => {
  const { row, findings } = await evening({ ...small, seed });
  expect(findings.filter(({ kind }) => kind !== "blurred")).toEqual([]);
  expect(isClean(row)).toBe(true);
  // As bad as it was meant to be.
  expect(row.scans).toBeGreaterThan(700);
  expect(row.cuts).toBeGreaterThan(0);
  expect(row.deaths).toBeGreaterThan(0);
  expect(row.incidents).toBeGreaterThan(0);
  expect(row.lies_told).toBeGreaterThan(0);
});

it("is the same evening again with the same seed", async () => {
  const tiny = { ...small, scans: 200, tablets: 6 };
  const [one, other] = [await evening(tiny), await evening(tiny)];
  expect(other).toEqual(one);
});

it.each(guards)("finds something without %s", async (without) => {
  const { findings } = await evening({ ...small, scans: 500, without });
  expect(findings.length).toBeGreaterThan(0);
});
