import { chown, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { startEmbedded } from "./index.ts";
import {
  expectDown,
  kept,
  killProcess,
  postmasterPid,
  query,
  recall,
  remember,
  stopProcess,
  useEmbeddedFolders,
} from "./testing.ts";

const { folder, putCluster, startInProcess } = useEmbeddedFolders();

test("two starts at once on an empty folder share one server, and the last to leave ends it", async () => {
  const [one, two] = await Promise.all([startInProcess(), startInProcess()]);
  expect(one.started.databaseUrl).toContain("127.0.0.1");
  expect(two.started).toEqual(one.started);
  await query(one.started.ownerUrl, remember);

  await stopProcess(one.child);
  expect(await query(two.started.ownerUrl, recall)).toEqual(kept);
  await stopProcess(two.child);
  await expectDown(two.started.ownerUrl);
});

test("starts that race with stops always get a server that works", async () => {
  await putCluster();
  const rounds = Array.from({ length: 8 }, async () => {
    const { ownerUrl, stop } = await startEmbedded({ dataDir: folder() });
    const rows = await query(ownerUrl, recall);
    await stop();
    return rows;
  });
  expect(await Promise.all(rounds)).toEqual(Array.from({ length: 8 }, () => kept));
});

test("the server of an owner that was killed is taken over with its data, and ends with its new owner", async () => {
  await putCluster();
  const { child, started } = await startInProcess();
  const pid = await postmasterPid(folder());
  await killProcess(child);
  expect(await query(started.ownerUrl, recall)).toEqual(kept);

  const { ownerUrl, stop } = await startEmbedded({ dataDir: folder() });
  expect(await postmasterPid(folder())).toBe(pid);
  expect(ownerUrl).toBe(started.ownerUrl);
  // The share of the killed one ends when PostgreSQL notices that its connection is closed.
  const leases = "select pid from pg_stat_activity where application_name = 'tessera-lease'";
  await vi.waitFor(async () => expect(await query(ownerUrl, leases)).toHaveLength(1));
  await stop();
  await expectDown(ownerUrl);
});

test("a machine that stopped dead starts again, with what was committed", async () => {
  await putCluster();
  const { child, started } = await startInProcess();
  await query(started.ownerUrl, "insert into memory values ('committed')");
  await killProcess(child);
  process.kill(await postmasterPid(folder()), "SIGKILL");
  await vi.waitFor(() => expectDown(started.ownerUrl));

  const { ownerUrl, stop } = await startEmbedded({ dataDir: folder() });
  expect(await query(ownerUrl, recall)).toEqual([...kept, { word: "committed" }]);
  await stop();
});

test("a process number that another program has by now is no server", async () => {
  await putCluster();
  const first = await startEmbedded({ dataDir: folder() });
  const file = path.join(folder(), "postgres", "data", "postmaster.pid");
  const lines = (await readFile(file, "utf8")).split("\n");
  const { uid, gid } = await stat(file);
  await first.stop();
  await writeFile(file, [process.pid, ...lines.slice(1)].join("\n"), { mode: 0o600 });
  await chown(file, uid, gid);

  const second = await startEmbedded({ dataDir: folder() });
  expect(await query(second.ownerUrl, recall)).toEqual(kept);
  await second.stop();
});
