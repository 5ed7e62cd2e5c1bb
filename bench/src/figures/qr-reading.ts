import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { type Shot, takePicture } from "../code-pictures.ts";
import type { Figure } from "../report.ts";
import { makeGateScene } from "../tickets.ts";

const pictures = 60;
const wasm = fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm"));

const sharp = { blur: 0.6, noise: 8, reflection: 0 };
/** The same width for both levels: as a phone's screen is. */
const conditions: Record<string, Omit<Shot, "level">> = {
  sharp: { ...sharp, pixels: 145 },
  out_of_focus: { ...sharp, pixels: 165, blur: 1 },
  bad_light: { ...sharp, pixels: 165, noise: 30 },
  reflection: { ...sharp, pixels: 200, reflection: 0.08 },
};
/** Pixels a module that are tried in a sharp picture, until all pictures are read. */
const resolutions = [1.5, 1.75, 2, 2.25, 2.5, 2.75, 3];
const modulesAtM = 69;

/** How many of 100 pictures of live codes the scanner's reader reads, at both levels of error correction. */
export async function measureQrReading(): Promise<Figure[]> {
  const wasmBinary = new Uint8Array(await readFile(wasm)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const texts = (await makeGateScene(pictures)).tickets.map(({ text }) => text);
  const figures: Figure[] = [];
  for (const [name, condition] of Object.entries(conditions)) {
    for (const level of ["L", "M"] as const) {
      const value = 100 * (await shareRead(texts, { ...condition, level }));
      figures.push({ name: `qr_read_${name}_${level.toLowerCase()}`, value, unit: "%", goal: null });
    }
  }
  let enough = 0;
  for (const resolution of resolutions) {
    if ((await shareRead(texts, { ...sharp, pixels: resolution * modulesAtM, level: "M" })) < 1) continue;
    enough = resolution;
    break;
  }
  return [...figures, { name: "qr_pixels_a_module", value: enough, unit: "px", goal: { atMost: 2.7 } }];
}

async function shareRead(texts: readonly string[], shot: Shot): Promise<number> {
  const random = seeded();
  let read = 0;
  for (const text of texts) {
    const [found] = await readBarcodes(takePicture(text, shot, random), {
      formats: ["QRCode"],
      textMode: "Plain",
      maxNumberOfSymbols: 1,
    });
    if (found?.text === text) read += 1;
  }
  return read / texts.length;
}

/** xorshift32 from a fixed seed: each condition is met by the same hands. */
function seeded(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
