import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SetupError } from "../setup-error.ts";
import { ensureCertificate } from "./certificate.ts";
import { loadKeks } from "./kek-files.ts";

let folder: string;
let inTheWay: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tessera-data-dir-"));
  inTheWay = path.join(folder, "file");
  await writeFile(inTheWay, "");
});
afterAll(() => rm(folder, { recursive: true }));

const unusable = () => [path.join(inTheWay, "x"), ...(process.platform === "linux" ? ["/proc/nope"] : [])];

it("names an unusable data folder and its setting, whatever is written there first", async () => {
  for (const dataDir of unusable()) {
    const attempts = [ensureCertificate(dataDir, []), loadKeks({ dataDir, given: {}, createMissing: true })];
    for (const { status, ...result } of await Promise.allSettled(attempts)) {
      expect(status).toBe("rejected");
      expect(result).toMatchObject({ reason: expect.any(SetupError) as SetupError });
      expect(result).toMatchObject({ reason: { message: expect.stringContaining("Set TESSERA_DATA_DIR") as string } });
      expect(result).toMatchObject({ reason: { message: expect.stringContaining(dataDir) as string } });
    }
  }
});
