import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const testDatabases = "packages/db/src/testing/global-setup.ts";
const server = "e2e/src/global-setup.ts";
const web = ["apps/{shop,admin,scanner}/src/**/*.test.{ts,tsx}", "packages/ui/src/**/*.test.{ts,tsx}"];

export default defineConfig({
  test: {
    setupFiles: ["vitest.setup.ts"],
    maxWorkers: "100%",
    reporters: ["default", ["json", { outputFile: "test-results/results.json" }]],
    projects: [
      {
        test: {
          name: "unit",
          include: ["*.test.ts", "{packages,apps/server,bench}/**/*.test.ts"],
          exclude: ["**/node_modules/**", ...web],
          globalSetup: [testDatabases],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      { test: { name: "web", include: web } },
      {
        test: {
          name: "e2e",
          include: ["e2e/src/**/*.test.ts"],
          globalSetup: [server].filter(existsSync),
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // A browser, the server and PostgreSQL fill the machine by themselves.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
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
    ],
    coverage: {
      provider: "v8",
      include: ["packages/*/{src,issuer}/**/*.{ts,tsx}", "apps/server/src/**/*.ts"],
      exclude: ["**/*.test.{ts,tsx}", "**/testing/**", "packages/db/src/generated.ts"],
      reporter: ["text-summary", "html", "json-summary"],
      reportsDirectory: "coverage",
      reportOnFailure: true,
    },
  },
});
