import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "./database.ts";
import { SetupError } from "./setup-error.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const log = pino({ level: "silent" });

/** Where nobody listens. */
async function nowhere(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `postgres://tessera_app:hunter2@127.0.0.1:${port}/tessera`;
}

it.each([
  ["DATABASE_OWNER_URL", async () => ({ url: database.databaseUrl, ownerUrl: await nowhere() })],
  ["DATABASE_URL", async () => ({ url: await nowhere(), ownerUrl: database.ownerUrl })],
])("names the variable of a database that does not answer, after another try: %s", async (variable, urls) => {
  const said: string[] = [];
  const opening = openDatabase(
    { database: await urls(), dataDir: "" },
    { log, say: (sentence) => void said.push(sentence), attempts: 2 },
  );
  await expect(opening).rejects.toThrow(SetupError);
  await expect(opening).rejects.toThrow(new RegExp(`^${variable}: `));
  await expect(opening).rejects.not.toThrow(/hunter2/);
  expect(said).toEqual([expect.stringMatching(new RegExp(`^${variable}: .*Trying again`))]);
});

it("answers to its check until it is closed", async () => {
  const opened = await openDatabase(
    { database: { url: database.databaseUrl, ownerUrl: database.ownerUrl }, dataDir: "" },
    { log, say: () => undefined },
  );
  await opened.check();
  await opened.close();
  await expect(opened.check()).rejects.toThrow(/cannot be reached/);
});
