import { existsSync } from "node:fs";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const testDatabases = "packages/db/src/testing/global-setup.ts";
const server = "e2e/src/global-setup.ts";
const web = ["apps/{shop,admin,scanner}/src/**/*.test.{ts,tsx}", "packages/ui/src/**/*.test.{ts,tsx}"];

/** Clicks through the three apps. Each of two workers has a server of its own, so that none changes what another sees. */
const browserTests = {
  name: "e2e",
  include: ["e2e/src/**/*.test.ts"],
  globalSetup: [server].filter(existsSync),
  testTimeout: 180_000,
  hookTimeout: 120_000,
  // As long as one step of a page may take (e2e/src/browser/open-context.ts).
  expect: { poll: { timeout: 20_000 } },
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
} satisfies TestProjectInlineConfiguration["test"];

const projects: TestProjectInlineConfiguration[] = [
  {
    test: {
      name: "unit",
      include: ["*.test.ts", "{packages,apps/server,bench}/**/*.test.ts"],
      exclude: ["**/node_modules/**", ...web],
      globalSetup: [testDatabases],
      provide: { effort: "short" },
      testTimeout: 20_000,
      hookTimeout: 30_000,
      // As `vi.waitFor` in vitest.setup.ts.
      expect: { poll: { timeout: 15_000 } },
    },
  },
  { test: { name: "web", include: web, testTimeout: 20_000 } },
  { test: { ...browserTests, provide: { effort: "short" } } },
  {
    test: {
      name: "chaos",
      include: ["chaos/src/**/*.test.ts"],
      testTimeout: 180_000,
      // It kills a server and a PostgreSQL of its own, and measures how soon they are back.
      maxWorkers: 1,
      sequence: { groupOrder: 2 },
    },
  },
  {
    test: {
      name: "simulation",
      include: ["simulation/src/**/*.test.ts"],
      globalSetup: [testDatabases],
      testTimeout: 180_000,
    },
  },
];

/** What has a short form above: a million codes, and every page on every screen. */
const longProjects: TestProjectInlineConfiguration[] = [
  {
    test: {
      name: "unit",
      include: ["packages/pass/issuer/code.test.ts"],
      testTimeout: 180_000,
      provide: { effort: "long" },
    },
  },
  { test: { ...browserTests, include: ["e2e/src/every-*.test.ts"], provide: { effort: "long" } } },
];

/** `vitest run`, and `vitest run --mode long` for what takes longer than each change should wait for. */
export default defineConfig(({ mode }) => ({
  test: {
    setupFiles: ["vitest.setup.ts"],
    maxWorkers: "100%",
    reporters: ["default", ["json", { outputFile: `test-results/${mode === "long" ? "long" : "results"}.json` }]],
    projects: mode === "long" ? longProjects : projects,
    coverage: {
      provider: "v8",
      include: ["packages/*/{src,issuer}/**/*.{ts,tsx}", "apps/server/src/**/*.ts"],
      exclude: ["**/*.test.{ts,tsx}", "**/testing/**", "packages/db/src/generated.ts"],
      reporter: ["text-summary", "html", "json-summary"],
      reportsDirectory: "coverage",
      reportOnFailure: true,
    },
  },
}));
