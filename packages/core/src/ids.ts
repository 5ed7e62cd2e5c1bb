import { v7 } from "uuid";
import type { Clock, RandomBytes } from "./ports.ts";

/** A UUIDv7 (RFC 9562) of the context's clock and random source. */
export function newId({ clock, random }: { clock: Clock; random: RandomBytes }): string {
  return v7({ msecs: clock().getTime(), random: random(16) });
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Ten characters of Crockford's base32 (50 bits): what people read out and type. */
export function newReference({ random }: { random: RandomBytes }): string {
  return Array.from(random(10), (byte) => alphabet.charAt(byte & 31)).join("");
}
