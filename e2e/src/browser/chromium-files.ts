import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { inflate } from "@sparticuz/chromium";

/** A browser that can be started: its program, and the environment that it needs. */
export type ChromiumFiles = { readonly executablePath: string; readonly env: Record<string, string> };

const packageFolder = path.dirname(path.dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")));
const archives = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];

/**
 * The browser of `CHROMIUM_PATH`, or the one inside @sparticuz/chromium, unpacked once for each of its versions.
 *
 * @throws when the browser does not start here, with what to do
 */
export async function findChromium(): Promise<ChromiumFiles> {
  const given = process.env["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") return { executablePath: given, env: {} };
  const folder = await unpack();
  const executablePath = path.join(folder, "chromium");
  const env = { FONTCONFIG_FILE: path.join(folder, "fonts.conf") };
  if (await starts({ executablePath, env })) return { executablePath, env };
  // A machine without the NSS libraries: the package brings them too.
  const withLibraries = { ...env, LD_LIBRARY_PATH: path.join(folder, "al2023", "lib") };
  if (await starts({ executablePath, env: withLibraries })) return { executablePath, env: withLibraries };
  throw new Error("The browser of @sparticuz/chromium does not start here. Set CHROMIUM_PATH to a Chromium that does.");
}

/** Unpacks beside the final place and moves all at once, so that a run that is killed leaves no half browser behind. */
async function unpack(): Promise<string> {
  const name = `tessera-${path.basename(path.resolve(packageFolder, "../../..")).replaceAll(/[^\w.-]/g, "-")}`;
  const folder = path.join(tmpdir(), name);
  if (existsSync(folder)) return folder;
  const before = process.env["TMPDIR"];
  const staging = await mkdtemp(`${folder}-`);
  try {
    // It unpacks to the folder for temporary files, and takes what is there for whole.
    process.env["TMPDIR"] = staging;
    await Promise.all(archives.map((archive) => inflate(path.join(packageFolder, "bin", archive))));
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  await writeFile(path.join(staging, "fonts.conf"), fontsConfig(folder));
  await chmod(staging, 0o755);
  try {
    await rename(staging, folder);
  } catch {
    // Another run was quicker.
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

async function starts({ executablePath, env }: ChromiumFiles): Promise<boolean> {
  try {
    await promisify(execFile)(executablePath, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
