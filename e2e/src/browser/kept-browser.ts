import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import type { ChromiumFiles } from "./chromium-files.ts";
import { launchOptions } from "./launch.ts";
import type { watchProblems } from "./problems.ts";

/** A browser that keeps what it knows on disk, and so outlives its process. */
export type KeptBrowser = {
  readonly start: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  /** Ends the process at once, as if the battery had been taken out: nothing more is written. */
  readonly kill: () => Promise<void>;
  /** Ends it, and forgets what it has kept. */
  readonly close: () => Promise<void>;
};

export async function keepBrowser(
  files: ChromiumFiles,
  {
    watch,
    camera,
    ...common
  }: BrowserContextOptions & Partial<Pick<ReturnType<typeof watchProblems>, "watch">> & { readonly camera?: string },
): Promise<KeptBrowser> {
  const profile = await mkdtemp(path.join(tmpdir(), "tessera-e2e-profile-"));
  let running: BrowserContext | null = null;
  return {
    start: async (options) => {
      running = await chromium.launchPersistentContext(profile, {
        ...launchOptions(files, camera),
        ...common,
        ...options,
      });
      await watch?.(running);
      return running;
    },
    kill: async () => {
      if (running === null) return;
      const closed = running.waitForEvent("close");
      process.kill(await processOf(running), "SIGKILL");
      await closed;
      running = null;
    },
    close: async () => {
      await running?.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function processOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  const answer = await session?.send("SystemInfo.getProcessInfo");
  const process = answer?.processInfo.find(({ type }) => type === "browser");
  if (process === undefined) throw new Error("Chromium does not say which process it is");
  return process.id;
}
