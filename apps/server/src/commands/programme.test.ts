import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoProgrammeFile } from "../paths.ts";

const command = fileURLToPath(new URL("programme.ts", import.meta.url));

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "tessera-programme-"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

type Run = { code: number; out: string; error: string };

function run(...parameters: string[]): Promise<Run> {
  const env = {
    ...process.env,
    DATABASE_URL: database.databaseUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    TESSERA_PAYMENTS: "demo",
    TESSERA_SMTP_URL: "smtps://mail.example.org",
    TESSERA_MAIL_FROM: "tickets@example.org",
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...parameters], { env }, (failure, out, error) => {
      resolve({ code: typeof failure?.code === "number" ? failure.code : 0, out, error });
    });
  });
}

const rowOf = ({ out }: Run, name: string): string[] | undefined =>
  out
    .split("\n")
    .find((text) => text.startsWith(name))
    ?.slice(name.length)
    .trim()
    .split(/\s+/);

test("imports a file, and the second time finds nothing to change", async () => {
  const zone = ["--time-zone", "America/Los_Angeles"];
  const dry = await run("import", demoProgrammeFile, ...zone, "--dry-run");
  expect(dry).toMatchObject({ code: 0, error: "" });
  expect(dry.out).toContain("nothing was written");
  const first = await run("import", demoProgrammeFile, ...zone);
  expect(first).toMatchObject({ code: 0, error: "" });
  expect(rowOf(first, "competition sessions")).toEqual(["78", "0", "0"]);
  const second = await run("import", demoProgrammeFile, ...zone);
  expect(rowOf(second, "competition sessions")).toEqual(["0", "0", "78"]);
  expect(rowOf(second, "offers")).toEqual(["0", "0", "711"]);
});

test("neither imports what is over nor moves what is sold, unless it is told to", async () => {
  const zone = ["--time-zone", "America/Los_Angeles"];
  await run("import", demoProgrammeFile, ...zone);
  const toPast = await run("import", demoProgrammeFile, ...zone, "--shift-to", "2024-07-14");
  expect(toPast.code).toBe(1);
  expect(toPast.error).toContain(
    "78 of 78 competition sessions are already over; the first day is 2024-07-14. Use --sh",
  );
  expect(
    (await run("import", demoProgrammeFile, ...zone, "--shift-to", "2024-07-14", "--past", "--dry-run")).code,
  ).toBe(0);

  await database.db.updateTable("seat_pool").set({ taken: 1 }).where("capacity", "=", 12).execute();
  const later = ["import", demoProgrammeFile, ...zone, "--shift-to", "2032-07-14", "--dry-run"];
  const refused = await run(...later);
  expect(refused.code).toBe(1);
  expect(refused.error).toMatch(
    /^ {2}line \d+, starts_at: [A-Z]{3}\d\d has 1 seat taken: moving it needs --move-sold$/m,
  );
  const moved = await run(...later, "--move-sold");
  expect(moved).toMatchObject({ code: 0, error: "" });
  expect(moved.out).toContain("Warning: another venue or time than before: 78 competition sessions: ");
  expect(moved.out).toMatch(/^Warning: of these, people have seats in: 1 competition sessions: SQU02$/m);
});

test("lists the errors of a file on the error output and fails", async () => {
  // The demo's times are not those of the default zone.
  const { code, out, error } = await run("import", demoProgrammeFile);
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(error).toContain("474 errors. Nothing was imported.");
  expect(error).toMatch(/^ {2}line 2, starts_at: .* does not have the offset of Europe\/Paris/m);
});

test("says what is wrong with the file itself", async () => {
  const empty = path.join(folder, "empty.csv");
  await writeFile(empty, "");
  const [none, directory, nothing] = await Promise.all([
    run("import", path.join(folder, "none.csv")),
    run("import", folder),
    run("import", empty),
  ]);
  expect(none).toMatchObject({ code: 1, error: expect.stringMatching(/none\.csv does not exist\.\n$/) as string });
  expect(directory).toMatchObject({ code: 1, error: expect.stringContaining("is a folder") as string });
  expect(nothing).toMatchObject({ code: 1, error: expect.stringContaining("line 1: The file is empty") as string });
});

test("explains itself when it is called wrongly", async () => {
  const runs = await Promise.all([
    run(),
    run("import", "x.csv", "--shift-to", "2028-02-30"),
    run("import", "x.csv", "--unknown"),
  ]);
  for (const { code, error } of runs) {
    expect(code).toBe(64);
    expect(error).toContain("Usage: pnpm programme import FILE.csv");
  }
});
