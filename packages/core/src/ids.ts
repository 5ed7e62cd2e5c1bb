import { v7 } from "uuid";
import type { Clock, RandomBytes } from "./ports.ts";

/** A UUIDv7 (RFC 9562) of the context's clock and random source. */
export function newId({ clock, random }: { clock: Clock; random: RandomBytes }): string {
  return v7({ msecs: clock().getTime(), random: random(16) });
}

/** As many at once, for the price of one look at the clock and at the random source. */
export function newIds({ clock, random }: { clock: Clock; random: RandomBytes }, count: number): string[] {
  const msecs = clock().getTime();
  const bytes = random(16 * count);
  return Array.from({ length: count }, (_, index) =>
    v7({ msecs, random: bytes.subarray(16 * index, 16 * index + 16) }),
  );
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Ten characters of Crockford's base32 (50 bits): what people read out and type. */
export function newReference({ random }: { random: RandomBytes }): string {
  return referenceOf(random(10), 0);
}

export function newReferences({ random }: { random: RandomBytes }, count: number): string[] {
  const bytes = random(10 * count);
  return Array.from({ length: count }, (_, index) => referenceOf(bytes, 10 * index));
}

function referenceOf(bytes: Buffer, start: number): string {
  let reference = "";
  for (let index = start; index < start + 10; index += 1) reference += alphabet.charAt((bytes[index] ?? 0) & 31);
  return reference;
}
