import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import { afterAll, beforeAll, expect, test } from "vitest";

// A check that cannot fail checks nothing: the rules are run on a small workspace of the same shape as this one, in
// which every import resolves, and each file is one case.

const cases: [file: string, source: string, brokenRules: string[]][] = [
  ["packages/api/src/sql.ts", `import { sql } from "kysely"; sql;`, ["sql-in-db-and-core-only"]],
  [
    "packages/api/src/sql-type.ts",
    `import type { sql } from "kysely"; export type S = sql;`,
    ["sql-in-db-and-core-only"],
  ],
  ["apps/shop/src/core.tsx", `import "@tessera/core";`, ["who-may-import-whom/shop"]],
  ["apps/shop/src/contracts.tsx", `import "@tessera/contracts";`, []],
  ["packages/contracts/src/pass.ts", `import "@tessera/pass";`, ["who-may-import-whom/contracts"]],
  [
    "packages/contracts/src/types.ts",
    `import type { A } from "@tessera/db"; export type B = A;`,
    ["who-may-import-whom/contracts"],
  ],
  ["packages/api/src/lazy.ts", `export const db = import("@tessera/db");`, ["who-may-import-whom/api"]],
  ["packages/pass/src/issue.ts", `import "@tessera/pass/issuer";`, ["who-may-import-whom/pass"]],
  ["packages/core/src/issue.ts", `import "@tessera/pass/issuer";`, []],
  ["packages/newcomer/src/a.ts", `import "@tessera/contracts";`, ["a-row-for-each"]],
  ["packages/client/src/router.ts", `import "@tessera/api";`, ["api-as-types-only"]],
  ["packages/client/src/types.ts", `import type { A } from "@tessera/api"; export type B = A;`, []],
  ["packages/core/src/clone.ts", `import "@tessera/db/testing";`, ["testing-in-tests-only"]],
  ["packages/api/src/clone.test.ts", `import "@tessera/db/testing";`, []],
  ["packages/core/src/around.ts", `import "../../contracts/src/index.ts";`, ["packages-by-name"]],
  ["packages/core/src/hold.ts", `import { sql } from "kysely"; sql;`, ["kysely-in-queries-only"]],
  ["packages/core/src/hold.queries.ts", `import { sql } from "kysely"; sql;`, []],
  ["packages/pass/src/read.ts", `import "node:fs";`, ["any-runtime"]],
  ["packages/pass/src/testing/vectors.ts", `import "node:fs";`, []],
  ["packages/core/src/egg.ts", `import type { H } from "./hen.ts"; export type E = H;`, ["no-cycles"]],
  ["packages/core/src/hen.ts", `import type { E } from "./egg.ts"; export type H = E;`, ["no-cycles"]],
  ["packages/core/src/secret.ts", `import "undeclared";`, ["no-undeclared-dependencies"]],
  ["packages/core/src/dev.ts", `import "vitest";`, ["no-development-dependencies"]],
  ["packages/core/src/nowhere.ts", `import "./not-there.ts";`, ["no-unresolvable"]],
  ["packages/core/src/alone.ts", `export const alone = true;`, ["no-orphans"]],
];

const packages = ["contracts", "pass", "db", "core", "api", "client"];
let workspace: string;
let broken: Map<string, string[]>;

async function write(path: string, text: string): Promise<void> {
  const file = join(workspace, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function makeWorkspace(): Promise<void> {
  const declared = { dependencies: { kysely: "1" }, devDependencies: { vitest: "1" } };
  await write("package.json", JSON.stringify(declared));
  for (const name of ["kysely", "vitest", "undeclared"]) await write(`node_modules/${name}/index.js`, "export {};");
  await mkdir(join(workspace, "node_modules/@tessera"));
  for (const name of packages) {
    const exports = { ".": "./src/index.ts", "./issuer": "./issuer/index.ts", "./testing": "./src/testing/index.ts" };
    await write(`packages/${name}/package.json`, JSON.stringify({ name: `@tessera/${name}`, exports, ...declared }));
    for (const file of Object.values(exports)) await write(`packages/${name}/${file}`, "export {};");
    await symlink(join(workspace, "packages", name), join(workspace, "node_modules/@tessera", name));
  }
  for (const [file, source] of cases) await write(file, source);
}

beforeAll(async () => {
  workspace = await realpath(await mkdtemp(join(tmpdir(), "tessera-import-rules-")));
  await makeWorkspace();
  const options = await extractDepcruiseOptions(join(import.meta.dirname, ".dependency-cruiser.js"));
  const { output } = await cruise(["apps", "packages"], { ...options, baseDir: workspace });
  const { modules } = output as ICruiseResult;
  broken = new Map(
    modules.map(({ source, rules, dependencies }) => {
      const all = [...(rules ?? []), ...dependencies.flatMap((dependency) => dependency.rules ?? [])];
      return [source, [...new Set(all.map((rule) => rule.name))]];
    }),
  );
});

afterAll(async () => {
  await rm(workspace, { recursive: true });
});

test.each(cases)("%s with %s", (file, _source, brokenRules) => {
  expect(broken.get(file)).toEqual(brokenRules);
});
