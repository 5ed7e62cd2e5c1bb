import { randomUUID } from "node:crypto";
import { open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import type { ChromiumFiles } from "./chromium-files.ts";
import { encodeFilm, type Picture } from "./film.ts";
import { launchBrowser } from "./launch.ts";

/** As many pixels as an old tablet's camera has. */
const size = { width: 640, height: 480 } as const;
/** How much of the height a phone fills that is held before it. */
const share = 0.92;

/** A picture of what a page really shows, no later than at a moment. */
export type Shot = { readonly png: Buffer; readonly takenAt: number };

export type Camera = {
  /** The browser that has this camera, and no other. */
  readonly browser: Browser;
  /** What another browser films when it is told to. */
  readonly file: string;
  /** Holds what the page shows now before the camera. */
  readonly film: (shown: Locator) => Promise<void>;
  /** Holds a picture before it that was taken earlier. */
  readonly filmShot: (shot: Shot) => Promise<void>;
  /** Takes away what was before it. */
  readonly filmNothing: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function takeShot(shown: Locator): Promise<Shot> {
  const png = await shown.screenshot();
  return { png, takenAt: Date.now() };
}

/** Starts a browser whose camera films what it is told to. */
export async function openCamera(files: ChromiumFiles): Promise<Camera> {
  const file = path.join(tmpdir(), `tessera-e2e-camera-${randomUUID()}.y4m`);
  const nothing = encodeFilm({ ...size, rgba: new Uint8Array(size.width * size.height * 4).fill(96) });
  await writeFile(file, nothing);
  const browser = await launchBrowser(files, file);
  const darkroom = await browser.newPage();
  const show = (film: Uint8Array): Promise<void> => overwrite(file, film);
  const filmShot = async ({ png }: Shot): Promise<void> => show(encodeFilm(await develop(darkroom, png)));
  return {
    browser,
    file,
    film: async (shown) => filmShot(await takeShot(shown)),
    filmShot,
    filmNothing: () => show(nothing),
    close: async () => {
      await browser.close();
      await rm(file, { force: true });
    },
  };
}

/** Chromium reads the open file again and again, and every film has the same length: the camera need not stop. */
async function overwrite(file: string, film: Uint8Array): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.write(film, 0, film.length, 0);
  } finally {
    await handle.close();
  }
}

/** Lets a browser turn a PNG into pixels of the camera's size, the picture in the middle of grey. */
async function develop(darkroom: Page, png: Buffer): Promise<Picture> {
  const pixels = await darkroom.evaluate(
    async ({ encoded, width, height, part }) => {
      const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(width, height).getContext("2d");
      if (context === null) throw new Error("no 2d context");
      context.fillStyle = "#606060";
      context.fillRect(0, 0, width, height);
      const scale = Math.min(width / picture.width, height / picture.height) * part;
      const [drawnWidth, drawnHeight] = [picture.width * scale, picture.height * scale];
      context.imageSmoothingQuality = "high";
      context.drawImage(picture, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
      let text = "";
      for (const value of context.getImageData(0, 0, width, height).data) text += String.fromCharCode(value);
      return btoa(text);
    },
    { encoded: png.toString("base64"), ...size, part: share },
  );
  return { ...size, rgba: Buffer.from(pixels, "base64") };
}
