import { randomInt } from "node:crypto";
import type { Requester } from "@tessera/core";

/** A request from somewhere: each from another address, as those of a crowd are. */
export function anyRequester(): Requester {
  return {
    address: `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
    origin: "http://bench.test",
    userAgent: "bench",
    proof: null,
  };
}
