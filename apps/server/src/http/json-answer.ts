import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { acceptedEncoding } from "./shared-body.ts";

const gzipped = promisify(gzip);

/** Shorter ones fit a packet or two as they are. */
const worthCompressingBytes = 1024;

/** What every answer of the API varies by: tRPC gives other forms for these. */
const varies = "trpc-accept, accept";

/** The headers and the bytes of an answer of the API that is for one client alone, compressed if that is worth it. */
export async function jsonAnswer(
  body: string | Buffer,
  acceptEncoding: string | undefined,
): Promise<{ headers: Record<string, string>; body: string | Buffer }> {
  const length = Buffer.byteLength(body);
  const headers = { "content-type": "application/json", "content-length": String(length), vary: varies };
  if (length < worthCompressingBytes) return { headers, body };
  const vary = `${varies}, accept-encoding`;
  if (acceptedEncoding(acceptEncoding, ["gzip"]) === undefined) return { headers: { ...headers, vary }, body };
  const small = await gzipped(body);
  return {
    headers: { ...headers, vary, "content-length": String(small.length), "content-encoding": "gzip" },
    body: small,
  };
}
