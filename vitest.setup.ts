import { format } from "node:util";
import { afterAll, afterEach, expect } from "vitest";

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
