import { create } from "qrcode";

/** Modules of white around a code (ISO/IEC 18004). */
const quietZone = 4;

type Canvas = Pick<PDFKit.PDFDocument, "rect" | "fill">;

/**
 * Draws a QR code as one path, so that it is sharp at every size and no hairline runs between its modules. A quarter of it
 * may be lost (error correction Q): paper is folded and gets wet. The text of a paper ticket makes version 11, and with
 * the quiet zone 69 modules to a side.
 *
 * @param place.size of the whole with its quiet zone, in points (1/72 inch)
 */
export function drawCode(canvas: Canvas, text: string, place: { x: number; y: number; size: number }): void {
  const { modules } = create(text, { errorCorrectionLevel: "Q" });
  const module = place.size / (modules.size + 2 * quietZone);
  const [left, top] = [place.x + quietZone * module, place.y + quietZone * module];
  for (let row = 0; row < modules.size; row++) {
    for (const { start, length } of darkRuns(modules.data.subarray(row * modules.size, (row + 1) * modules.size))) {
      canvas.rect(left + start * module, top + row * module, length * module, module);
    }
  }
  canvas.fill("#000000");
}

function darkRuns(row: Uint8Array): { start: number; length: number }[] {
  const runs: { start: number; length: number }[] = [];
  for (const [column, dark] of row.entries()) {
    const last = runs.at(-1);
    if (dark === 0) continue;
    if (last !== undefined && last.start + last.length === column) last.length++;
    else runs.push({ start: column, length: 1 });
  }
  return runs;
}
