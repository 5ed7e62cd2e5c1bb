/** Red, green, blue and alpha of each pixel, row by row. */
export type Picture = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

const frameCount = 4;

/**
 * A film of one picture that stands still, as YUV4MPEG2 with 4:2:0 chroma (BT.601, full range): the format that
 * Chromium's fake camera reads uncompressed. Every film has the same length in bytes.
 */
export function encodeFilm({ width, height, rgba }: Picture): Uint8Array {
  if (rgba.length !== width * height * 4) throw new RangeError("a picture has four bytes for each pixel");
  if (width % 2 !== 0 || height % 2 !== 0) throw new RangeError("4:2:0 halves both sides");
  const frame = Buffer.concat([Buffer.from("FRAME\n"), toYuv({ width, height, rgba })]);
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\n`),
    ...Array.from({ length: frameCount }, () => frame),
  ]);
}

function toYuv({ width, height, rgba }: Picture): Uint8Array {
  const yuv = new Uint8ClampedArray((width * height * 3) / 2);
  const [u, v] = [width * height, (width * height * 5) / 4];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const [red = 0, green = 0, blue = 0] = rgba.subarray(pixel * 4, pixel * 4 + 3);
      yuv[pixel] = 0.299 * red + 0.587 * green + 0.114 * blue;
      if (x % 2 !== 0 || y % 2 !== 0) continue;
      const chroma = (y / 2) * (width / 2) + x / 2;
      yuv[u + chroma] = 128 - 0.169 * red - 0.331 * green + 0.5 * blue;
      yuv[v + chroma] = 128 + 0.5 * red - 0.419 * green - 0.081 * blue;
    }
  }
  return new Uint8Array(yuv.buffer);
}
