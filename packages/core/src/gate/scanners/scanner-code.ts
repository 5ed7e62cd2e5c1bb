import { hash } from "node:crypto";
import { readScannerCode } from "@tessera/contracts";

/** What is kept of a tablet's one-time code: 50 random bits, which are worth something for minutes. */
export function hashScannerCode(code: string): Buffer {
  return hash("sha256", readScannerCode(code), "buffer");
}
