import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { startEmbedded } from "./index.ts";
import { run } from "./run.ts";
import { startCluster } from "./server.ts";
import { expectDown, kept, query, recall, remember, useEmbeddedFolders } from "./testing.ts";

const { folder, putCluster } = useEmbeddedFolders();

const logOf = (dataDir: string): Promise<string> => readFile(path.join(dataDir, "postgres", "postgres.log"), "utf8");

test("makes a cluster with two roles, keeps its data, and ends with the last stop", async () => {
  const first = await startEmbedded({ dataDir: folder() });
  expect(await query(first.databaseUrl, "select current_user as role, current_database() as database")).toEqual([
    { role: "tessera_app", database: "tessera" },
  ]);
  expect(await query(first.ownerUrl, "select current_user as role")).toEqual([{ role: "tessera_owner" }]);
  await query(first.ownerUrl, remember);
  await Promise.all([first.stop(), first.stop()]);
  await expectDown(first.databaseUrl);

  const second = await startEmbedded({ dataDir: folder() });
  expect(await query(second.ownerUrl, recall)).toEqual(kept);
  await second.stop();
});

test("is UTF-8, sorts by code point, is durable, and listens on this machine only", async () => {
  await putCluster();
  const { adminUrl, ownerUrl, stop } = await startCluster({ dataDir: folder() });
  expect(await query(adminUrl, "select current_setting('unix_socket_directories') as sockets")).toEqual([
    { sockets: "" },
  ]);
  const settings = await query(
    ownerUrl,
    `select current_setting('server_encoding') as encoding, datlocprovider as provider, datlocale as locale,
      current_setting('listen_addresses') as addresses,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
      current_setting('synchronous_commit') as commit
    from pg_database where datname = current_database()`,
  );
  expect(settings).toEqual([
    {
      encoding: "UTF8",
      provider: "b",
      locale: "C.UTF-8",
      addresses: "127.0.0.1",
      fsync: "on",
      pages: "on",
      commit: "on",
    },
  ]);
  await stop();
});

test("its passwords are asked for, readable by nobody else, and not in its log", async () => {
  const { databaseUrl, stop } = await startEmbedded({ dataDir: folder() });
  expect((await stat(path.join(folder(), "postgres"))).mode & 0o777).toBe(0o700);
  const { mode } = await stat(path.join(folder(), "postgres", "credentials.json"));
  expect(mode & 0o777).toBe(0o600);
  const guess = new URL(databaseUrl);
  guess.password = "postgres";
  await expect(query(guess.href, "select 1")).rejects.toThrow("password authentication failed");
  expect(await logOf(folder())).not.toContain(new URL(databaseUrl).password);
  await stop();
});

test("its log does not repeat what people typed", async () => {
  await putCluster();
  const { ownerUrl, stop } = await startEmbedded({ dataDir: folder() });
  await query(ownerUrl, "create table person (email text constraint person_email_key unique)");
  const insert = "insert into person values ('marie@example.org')";
  await query(ownerUrl, insert);
  await expect(query(ownerUrl, insert)).rejects.toThrow("person_email_key");
  const log = await logOf(folder());
  expect(log).toContain("person_email_key");
  expect(log).not.toContain("marie@example.org");
  await stop();
});

test("what PostgreSQL says when it cannot start is in the error", async () => {
  await putCluster();
  await writeFile(path.join(folder(), "postgres", "data", "PG_VERSION"), "9.6\n");
  await expect(startEmbedded({ dataDir: folder() })).rejects.toMatchObject({
    code: "embedded_start_failed",
    message: expect.stringMatching(/initialized by PostgreSQL version 9\.6/) as string,
  });
});

test("a set-up that fails says why and leaves nothing behind", async () => {
  const binaries = path.join(folder(), "native");
  await mkdir(path.join(binaries, "bin"), { recursive: true });
  for (const name of ["initdb", "pg_ctl", "postgres"]) {
    await writeFile(path.join(binaries, "bin", name), "#!/bin/sh\necho no room left >&2\nexit 1\n");
  }
  await run("chmod", ["-R", "a+rX", binaries], { user: undefined });
  const dataDir = path.join(folder(), "data");
  await expect(startCluster({ dataDir, binaries })).rejects.toMatchObject({
    code: "embedded_init_failed",
    message: expect.stringContaining("no room left") as string,
  });
  expect(await run("ls", ["-A", dataDir], { user: undefined })).toEqual({ ok: true, output: "" });
});
