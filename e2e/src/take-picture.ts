import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const mostBytes = 200_000;

/** Keeps what a page looks like as `docs/screenshots/NAME.png`, once nothing on it moves. */
export async function takePicture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, fullPage });
  const { size } = await stat(file);
  if (size > mostBytes) throw new Error(`${name}.png has ${size} bytes, more than ${mostBytes}`);
  process.stdout.write(`${name}.png ${Math.round(size / 1000)} kB\n`);
}
