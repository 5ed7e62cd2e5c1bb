import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { generate, PostgresDialect } from "kysely-codegen";
import { createDatabase } from "../connection.ts";
import { startTestServer } from "../testing/test-server.ts";

const file = path.join(import.meta.dirname, "..", "generated.ts");

/** Writes the types of the newest schema to `generated.ts`; with `--check` only says whether the file still fits. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const fresh = await generateTypes();
  if (!values.check) {
    await writeFile(file, fresh);
    return 0;
  }
  const committed = await readFile(file, "utf8");
  if (committed === fresh) return 0;
  console.error(`packages/db/src/generated.ts does not fit the migrations. ${firstDifference(committed, fresh)}`);
  console.error("Run: node packages/db/src/commands/generate-types.ts");
  return 1;
}

async function generateTypes(): Promise<string> {
  const server = await startTestServer();
  const db = createDatabase(server.ownerUrl, { max: 2, applicationName: "tessera-generate-types" });
  try {
    return await generate({
      db,
      // These say what the parsers beside the pool give.
      dialect: new PostgresDialect({ dateParser: "string" }),
      typeMapping: { int8: "number" },
      // The migrator's tables, and those of the queue of jobs.
      excludePattern: "@(kysely_*|graphile_worker.*)",
      outFile: null,
      typeOnlyImports: true,
    });
  } finally {
    await db.destroy();
    await server.stop();
  }
}

function firstDifference(committed: string, fresh: string): string {
  const expected = fresh.split("\n");
  const found = committed.split("\n");
  const line = expected.findIndex((text, index) => text !== found[index]);
  const at = line === -1 ? expected.length : line;
  return `Line ${at + 1} should be ${JSON.stringify(expected[at] ?? "")}, is ${JSON.stringify(found[at] ?? "")}.`;
}

process.exitCode = await main();
