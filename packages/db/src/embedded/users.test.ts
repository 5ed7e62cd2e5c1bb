import { chmod, chown, cp, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { findBinaries } from "./binaries.ts";
import { startEmbedded } from "./index.ts";
import { run } from "./run.ts";
import { startCluster } from "./server.ts";
import { kept, query, recall, remember, stopProcess, useEmbeddedFolders } from "./testing.ts";

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const nobodyReachesNode =
  isRoot &&
  (
    await run("/bin/sh", ["-c", 'test -x "$0" && test -r "$1"', process.execPath, import.meta.filename], {
      user: nobody,
    })
  ).ok;

const { folder, putCluster, startInProcess } = useEmbeddedFolders();

test.runIf(isRoot)(
  "under a folder of mode 700, root keeps programs and data where PostgreSQL's user reaches",
  async () => {
    const home = path.join(folder(), "home");
    const sharedFolder = path.join(folder(), "shared");
    await mkdir(home, { mode: 0o700 });
    const native = findBinaries();
    const binaries = path.join(home, "native");
    await cp(native, binaries, { recursive: true, verbatimSymlinks: true });
    await cp(path.join(native, "..", "package.json"), path.join(home, "package.json"));
    const messages: string[] = [];
    const log = (message: string): number => messages.push(message);
    const options = { dataDir: path.join(home, "data"), binaries, sharedFolder, log };

    const first = await startCluster(options);
    await query(first.ownerUrl, remember);
    await first.stop();
    expect(messages).toEqual([
      expect.stringContaining(`PostgreSQL was copied to ${sharedFolder}`),
      expect.stringContaining(`the database is kept in ${sharedFolder}`),
      expect.stringContaining("Starting the embedded PostgreSQL"),
    ]);

    const second = await startCluster(options);
    expect(await query(second.ownerUrl, recall)).toEqual(kept);
    await second.stop();
  },
);

test.runIf(isRoot)("a database that its folder's new mode hides from PostgreSQL's user moves along", async () => {
  const home = path.join(folder(), "home");
  await putCluster(home);
  await chmod(home, 0o700);
  const { ownerUrl, stop } = await startCluster({ dataDir: home, sharedFolder: path.join(folder(), "shared") });
  expect(await query(ownerUrl, recall)).toEqual(kept);
  await stop();
});

test.runIf(nobodyReachesNode)("an ordinary user runs it as itself; root then runs it as that user", async () => {
  await chown(folder(), nobody.uid, nobody.gid);
  const { child, started } = await startInProcess(nobody);
  await query(started.ownerUrl, remember);
  await stopProcess(child);
  expect((await stat(path.join(folder(), "postgres"))).uid).toBe(nobody.uid);

  const asRoot = await startEmbedded({ dataDir: folder() });
  expect(await query(asRoot.ownerUrl, recall)).toEqual(kept);
  await asRoot.stop();
});

test.runIf(nobodyReachesNode)("a database that belongs to another user is refused, and says so", async () => {
  await putCluster();
  const { started } = await startInProcess(nobody);
  expect(started).toEqual({ failure: "embedded_data_not_ours" });
});
