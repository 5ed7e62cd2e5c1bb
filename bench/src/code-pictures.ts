import { create } from "qrcode";

/** A grey picture of a code, as a camera takes it: four bytes for each pixel. */
export type Picture = { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number; colorSpace: "srgb" };

export type Shot = {
  /** How wide the code is with its quiet zone. */
  pixels: number;
  level: "L" | "M";
  /** Out of focus: the standard deviation of a point, in pixels. */
  blur: number;
  /** Bad light: the standard deviation of a pixel's noise, of 255. */
  noise: number;
  /** The share of the code that a round reflection hides, away from the three corners that a reader looks for. */
  reflection: number;
};

const quietZone = 4;
/** Middle of a corner's square, in modules from its two edges. */
const corner = 3.5;
/** Light on each pixel is gathered from so many points a side. */
const points = 4;
const [light, dark, wall, white] = [230, 30, 90, 255] as const;

/** Takes a picture of a code, turned by up to 10 degrees. `random` gives 0 to 1; the same numbers give the same picture. */
export function takePicture(text: string, shot: Shot, random: () => number): Picture {
  const { modules } = create([{ data: text, mode: "alphanumeric" }], { errorCorrectionLevel: shot.level });
  const { size } = modules;
  const reflected = placeReflection(size, shot.reflection, random);
  const brightness = (x: number, y: number): number => {
    if (reflected(x, y)) return white;
    if (x >= 0 && y >= 0 && x < size && y < size) return modules.get(Math.floor(y), Math.floor(x)) === 0 ? light : dark;
    return Math.min(x, y) >= -quietZone && Math.max(x, y) < size + quietZone ? light : wall;
  };
  const aPixel = (size + 2 * quietZone) / shot.pixels;
  const edge = Math.ceil(shot.pixels * 1.25);
  const angle = ((random() - 0.5) * Math.PI) / 9;
  const [along, across] = [Math.cos(angle) * aPixel, Math.sin(angle) * aPixel];
  const [left, top] = [random() - edge / 2, random() - edge / 2];
  const grey = Float32Array.from({ length: edge * edge }, (_, pixel) => {
    let sum = 0;
    for (let point = 0; point < points * points; point += 1) {
      const x = (pixel % edge) + ((point % points) + 0.5) / points + left;
      const y = Math.floor(pixel / edge) + (Math.floor(point / points) + 0.5) / points + top;
      sum += brightness(x * along - y * across + size / 2, x * across + y * along + size / 2);
    }
    return sum / (points * points);
  });
  const blurred = blur(blur(grey, edge, 1, shot.blur), edge, edge, shot.blur);
  const data = new Uint8ClampedArray(4 * edge * edge).fill(255);
  for (const [pixel, value] of blurred.entries()) {
    data.fill(value + shot.noise * normal(random), 4 * pixel, 4 * pixel + 3);
  }
  return { data, width: edge, height: edge, colorSpace: "srgb" };
}

function placeReflection(size: number, share: number, random: () => number): (x: number, y: number) => boolean {
  const radius = Math.sqrt((share * size * size) / Math.PI);
  const far = size - corner;
  const corners = [
    [corner, corner],
    [far, corner],
    [corner, far],
  ] as const;
  for (;;) {
    const [atX, atY] = [random() * size, random() * size];
    if (corners.some(([x, y]) => Math.hypot(atX - x, atY - y) < radius + 5)) continue;
    return (x, y) => share > 0 && Math.hypot(x - atX, y - atY) < radius;
  }
}

/** Along one axis, whose neighbours are `step` apart. */
function blur(grey: Float32Array, edge: number, step: number, deviation: number): Float32Array {
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / 2 / deviation ** 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return grey.map((_, pixel) => {
    const place = Math.floor(pixel / step) % edge;
    let value = 0;
    for (const [at, weight] of weights.entries()) {
      const other = Math.min(edge - 1, Math.max(0, place + at - reach));
      value += weight * (grey[pixel + (other - place) * step] ?? 0);
    }
    return value / sum;
  });
}

/** A normally distributed number (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
