import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import type { ReaderAnswer, ReaderQuestion } from "./code-reader.ts";

/** Two phones may be in view at once. */
const mostCodes = 2;

/** The part of the Shape Detection API that we use; browsers without it leave the name undefined. */
type NativeDetector = {
  detect: (image: ReaderQuestion["frame"]) => Promise<readonly { readonly rawValue: string }[]>;
};
type NativeDetectorClass = {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats: () => Promise<readonly string[]>;
};
declare const BarcodeDetector: NativeDetectorClass | undefined;

type Read = (question: ReaderQuestion) => Promise<readonly string[]>;

/** The device's own reader where it has one that knows QR codes: it is quicker and spares the battery. */
async function nativeReader(): Promise<Read | null> {
  try {
    if (typeof BarcodeDetector === "undefined") return null;
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async ({ frame }) => (await detector.detect(frame)).map(({ rawValue }) => rawValue);
  } catch {
    return null;
  }
}

/** ZXing in WebAssembly, from this origin. */
async function wasmReader(): Promise<Read> {
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no 2d context");
  return async ({ frame, width, height }) => {
    canvas.width = width;
    canvas.height = height;
    context.drawImage(frame, 0, 0, width, height);
    const pixels = context.getImageData(0, 0, width, height);
    const results = await readBarcodes(pixels, {
      formats: ["QRCode"],
      textMode: "Plain",
      maxNumberOfSymbols: mostCodes,
    });
    return results.map(({ text }) => text);
  };
}

const answer = (message: ReaderAnswer): void => self.postMessage(message, { transfer: [] });

let reader: Promise<Read> | undefined;

async function read(question: ReaderQuestion): Promise<readonly string[]> {
  reader ??= nativeReader().then((native) => native ?? wasmReader());
  try {
    const readFrame = await reader;
    return await readFrame(question);
  } catch {
    // A native reader may be promised and then not be there (its service is missing): from now on, ours.
    reader = wasmReader();
    const readFrame = await reader;
    return readFrame(question);
  }
}

self.addEventListener("message", ({ data: question }: MessageEvent<ReaderQuestion>) => {
  read(question)
    .then(
      (codes) => answer({ codes }),
      () => answer({ codes: null }),
    )
    // The camera has only so many of them.
    .finally(() => question.frame.close());
});
