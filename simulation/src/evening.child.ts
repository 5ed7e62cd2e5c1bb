import { z } from "zod";
import { guards } from "./guards.ts";
import { simulate } from "./run.ts";
import { startDatabase } from "./stage/database.ts";

const settings = z.object({
  seed: z.int(),
  scans: z.int(),
  tablets: z.int(),
  without: z.enum(guards).nullable(),
});
const [, , argument = ""] = process.argv;
const database = await startDatabase();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());
// What nobody waits for goes wrong as well: a person at a gate, a request that came late.
process.once("unhandledRejection", (error) => void end(error instanceof Error ? error : new Error("a rejection")));
try {
  process.stdout.write(JSON.stringify(await simulate(settings.parse(JSON.parse(argument)), database)));
} finally {
  await database.drop();
}

async function end(error?: Error): Promise<void> {
  if (error !== undefined) process.stderr.write(`${error.stack ?? error.message}\n`);
  await database.drop();
  process.exit(1);
}
