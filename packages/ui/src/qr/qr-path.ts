import { create, type QRCodeErrorCorrectionLevel, type QRCodeSegment } from "qrcode";

/** Empty modules around the code, which readers need to find it (ISO/IEC 18004). */
const quietZone = 4;

type QrPath = {
  /** Edge in modules, quiet zone included. */
  readonly size: number;
  /** One SVG path of all dark modules, on a view box of that edge. */
  readonly path: string;
};

/**
 * Draws a QR code as one path; modules that touch in a row are one rectangle.
 *
 * @param text what it says
 * @param errorCorrectionLevel L, M, Q or H: 7, 15, 25 or 30 % may be damaged
 * @param alphanumeric the text has only the 45 characters of that mode, which takes 5.5 bits for each
 * @throws if the text does not fit, or has other characters than the mode has
 */
export function qrPathOf(
  text: string,
  errorCorrectionLevel: QRCodeErrorCorrectionLevel,
  alphanumeric: boolean,
): QrPath {
  const content: string | QRCodeSegment[] = alphanumeric ? [{ data: text, mode: "alphanumeric" }] : text;
  const { modules } = create(content, { errorCorrectionLevel });
  const rows = Array.from({ length: modules.size }, (_, y) =>
    modules.data.subarray(y * modules.size, (y + 1) * modules.size).join(""),
  );
  const path = rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(
        ({ 0: run, index: x }) => `M${x + quietZone} ${y + quietZone}h${run.length}v1h-${run.length}z`,
      ),
    )
    .join("");
  return { size: modules.size + 2 * quietZone, path };
}
