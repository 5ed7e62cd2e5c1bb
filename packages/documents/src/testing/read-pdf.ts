import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getDocumentProxy, getResolvedPDFJS } from "unpdf";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

export const openPdf = (pdf: Uint8Array) => getDocumentProxy(new Uint8Array(pdf));
type Page = Awaited<ReturnType<Awaited<ReturnType<typeof openPdf>>["getPage"]>>;

/** The words of a page in their order, as somebody gets who selects all of them. */
export async function textOf(page: Page): Promise<string> {
  const { items } = await page.getTextContent();
  const words = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? " " : "") : ""));
  return words.join("").replaceAll(/\s+/g, " ");
}

/** Where each piece of text ends, and its base line; in points, from the upper left corner. */
export async function placesOf(page: Page): Promise<{ text: string; right: number; y: number }[]> {
  const { items } = await page.getTextContent();
  return items.flatMap((item) =>
    "str" in item && item.str.trim() !== ""
      ? [{ text: item.str, right: Number(item.transform[4]) + item.width, y: 842 - Number(item.transform[5]) }]
      : [],
  );
}

/** What is done to draw a page, in pdf.js' names. */
export async function operatorsOf(page: Page): Promise<{ name: string | undefined; args: unknown }[]> {
  const { OPS } = await getResolvedPDFJS();
  const names = new Map(Object.entries(OPS).map(([name, number]) => [number, name]));
  const { fnArray, argsArray } = await page.getOperatorList();
  return fnArray.map((number, index) => ({ name: names.get(number), args: argsArray[index] as unknown }));
}

/** The rectangles that are filled, each as its least x and y and its largest; in points, from the upper left corner. */
export async function rectanglesOf(page: Page): Promise<number[][]> {
  const operators = await operatorsOf(page);
  return operators.filter(({ name }) => name === "constructPath").flatMap(({ args }) => rectanglesIn(args));
}

const [moveTo, lineTo, closePath] = [0, 1, 4];

/** Of each rectangle pdf.js makes a way around its corners, in the file's own units: pdfkit counts from the top. */
function rectanglesIn(args: unknown): number[][] {
  const path = Array.isArray(args) && Array.isArray(args[1]) ? (args[1][0] as unknown) : undefined;
  if (!(path instanceof Float32Array)) throw new TypeError("pdf.js gives paths in another way");
  const found: number[][] = [];
  let [xs, ys]: [number[], number[]] = [[], []];
  for (let at = 0; at < path.length; at++) {
    const step = path[at];
    if (step === moveTo || step === lineTo) {
      xs.push(path[++at] ?? Number.NaN);
      ys.push(path[++at] ?? Number.NaN);
    } else if (step === closePath) {
      found.push([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
      [xs, ys] = [[], []];
    } else throw new Error("a path that is no rectangle");
  }
  return found;
}

const pixelsPerPoint = 2;

/** What a reader of QR codes finds on an A4 page on which nothing but these rectangles is drawn. */
export async function readOff(rectangles: readonly number[][]): Promise<string[]> {
  const [width, height] = [595 * pixelsPerPoint, 842 * pixelsPerPoint];
  const pixels = Buffer.alloc(width * height, 255);
  for (const corners of rectangles) {
    const [left = 0, top = 0, right = 0, bottom = 0] = corners.map((point) => Math.round(point * pixelsPerPoint));
    for (let y = top; y < bottom; y++) pixels.fill(0, y * width + left, y * width + right);
  }
  const wasm = fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer },
    fireImmediately: true,
  });
  const picture = Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), pixels]);
  return (await readBarcodes(new Uint8Array(picture), { formats: ["QRCode"] })).map(({ text }) => text);
}
