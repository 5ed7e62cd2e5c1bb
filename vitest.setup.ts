import { format } from "node:util";
import { afterAll, afterEach, expect, vi } from "vitest";

// What a test did not expect on the console is a failure that nobody looked at. A test that expects it says so with
// vi.spyOn(console, "error").mockImplementation(...).
const unexpected: string[] = [];

for (const level of ["error", "warn"] as const) {
  console[level] = (...values: unknown[]) => {
    unexpected.push(`console.${level}: ${format(...values)}`);
  };
}

function expectQuietConsole(): void {
  expect(unexpected.splice(0), "unexpected console output").toEqual([]);
}

afterEach(expectQuietConsole);
afterAll(expectQuietConsole);

// Vitest waits a second by itself, and a busy machine may need more. (`expect.poll` has a setting of its own.)
const patienceMs = 15_000;
const { waitFor, waitUntil } = vi;
type Options = Parameters<typeof waitFor>[1];

const withPatience = (options: Options): Options =>
  typeof options === "number" ? options : { timeout: patienceMs, ...options };
vi.waitFor = (condition, options) => waitFor(condition, withPatience(options));
vi.waitUntil = (condition, options) => waitUntil(condition, withPatience(options));
