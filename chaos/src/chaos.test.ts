import { expect, it } from "vitest";
import { isClean } from "./report.ts";
import { runChaos } from "./run.ts";

// The short form of `pnpm chaos`.
const small = { seed: 1, buyers: 300, seats: 120 };

it("keeps its word while server and PostgreSQL are killed", async () => {
  const { row, findings } = await runChaos({ ...small, kills: { server: 3, postgres: 1 }, guard: true });
  expect(findings).toEqual([]);
  expect(isClean(row)).toBe(true);
  expect(row).toMatchObject({ kills_server: 3, kills_postgres: 1 });
  expect(row.kills_while_seats_remained).toBeGreaterThanOrEqual(3);
  expect(row.orders).toBeGreaterThan(30);
});

it("oversells without the guard, and counts it", async () => {
  const { row } = await runChaos({ ...small, kills: { server: 0, postgres: 0 }, guard: false });
  expect(row.oversold).toBeGreaterThan(0);
});
