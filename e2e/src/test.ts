import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect, inject, test as base } from "vitest";
import { openCamera } from "./browser/camera.ts";
import { launchBrowser } from "./browser/launch.ts";
import { type Device, openContext } from "./browser/open-context.ts";
import { watchProblems } from "./browser/problems.ts";
import type { Run } from "./provided.ts";

export type PageWish = Device & {
  /** Instead of the one that all tests of a file share. */
  readonly browser?: Browser;
};

/**
 * Tests that open pages in a real browser. Each page is somebody else's browser; at the end all are closed. What went
 * wrong in them without the test expecting it fails the test, and a failed test leaves pictures of its pages.
 */
export const test = base
  .extend("run", { scope: "worker" }, runOfThisWorker)
  .extend("browser", { scope: "file" }, async ({ run }, { onCleanup }) => {
    const browser = await launchBrowser(run.chromium);
    onCleanup(() => browser.close());
    return browser;
  })
  .extend("camera", { scope: "file" }, async ({ run }, { onCleanup }) => {
    const camera = await openCamera(run.chromium);
    onCleanup(camera.close);
    return camera;
  })
  .extend("problems", ({}, { onCleanup }) => {
    const problems = watchProblems();
    onCleanup(() => expect(problems.rest(), "problems in the browser").toEqual([]));
    return problems;
  })
  .extend("openPage", async ({ run, browser, problems, task }, { onCleanup }) => {
    const pages: Page[] = [];
    onCleanup(async () => {
      if (task.result?.state === "fail") await photograph(pages, run.failuresFolder, task.name);
      await Promise.all(pages.map((page) => page.context().close()));
    });
    return async ({ browser: own = browser, ...device }: PageWish = {}): Promise<Page> => {
      const context = await openContext(own, run.origin, device);
      await problems.watch(context);
      const page = await context.newPage();
      pages.push(page);
      return page;
    };
  });

/** Vitest numbers the workers that run at the same time from 1. */
function runOfThisWorker(): Run {
  const worker = Number(process.env["VITEST_POOL_ID"]);
  const run = inject("tessera")[worker - 1];
  if (run === undefined) throw new Error(`worker ${worker} has no server`);
  return run;
}

async function photograph(pages: readonly Page[], folder: string, testName: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, page] of pages.entries()) {
    const file = path.join(folder, `${testName.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}-${index + 1}.png`);
    await page.screenshot({ path: file, fullPage: true });
    process.stderr.write(`${page.url()} looked like ${file}\n`);
  }
}
