import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import type { ChromiumFiles } from "./chromium-files.ts";

/**
 * Starts a browser of its own.
 *
 * @param camera the film that its camera shows, a Y4M file that may change meanwhile; without it there is no camera
 */
export function launchBrowser(files: ChromiumFiles, camera?: string): Promise<Browser> {
  return chromium.launch(launchOptions(files, camera));
}

/** How our browser is started, also where it is to keep what it knows on disk. */
export function launchOptions(files: ChromiumFiles, camera?: string): LaunchOptions {
  return {
    executablePath: files.executablePath,
    env: { ...process.env, ...files.env },
    args: [
      // These pages are our own, and as root Chromium starts in no other way.
      "--no-sandbox",
      "--disable-gpu",
      "--font-render-hinting=none",
      ...(camera === undefined
        ? []
        : [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            `--use-file-for-fake-video-capture=${camera}`,
          ]),
    ],
  };
}
