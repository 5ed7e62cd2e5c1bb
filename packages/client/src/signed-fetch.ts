import { signatureBase, signatureHeaders, signatureLabel, signatureParams, structuredBytes } from "@tessera/contracts";

/** What a tablet signs its requests with. */
export type RequestSigner = {
  scannerId: string;
  /** By its own Ed25519 key (RFC 8032); 64 bytes. */
  sign: (message: Uint8Array) => Promise<Uint8Array>;
  /** Its clock, in milliseconds since 1970. */
  now: () => number;
};

type Address = Request | URL | string;

/** `fetch`, as tRPC's links call it. */
type SignedFetch = (
  input: Address,
  init?: Omit<RequestInit, "signal"> & { signal?: AbortSignal | null | undefined },
) => Promise<Response>;

/**
 * A `fetch` that signs what it sends: HTTP Message Signatures (RFC 9421) over method, path, query and the digest of the body
 * (RFC 9530). Where the server says that the clock is too far from its own, it follows the server's from then on, and asks
 * once more unless something of the request was done.
 *
 * @param signer looked at for each request; without one, nothing is signed
 * @param send what sends; its bodies are texts, as tRPC's are
 */
export function signedFetch(signer: () => RequestSigner | null, send: typeof fetch = fetch): SignedFetch {
  let aheadMs = 0;
  return async (input, { signal = null, ...others } = {}) => {
    const init = { ...others, signal };
    const tablet = signer();
    if (tablet === null) return send(input, init);
    const attempt = async () => send(input, await signed(tablet, aheadMs, input, init));
    const response = await attempt();
    const refusal = await clockRefusal(response);
    if (refusal === undefined) return response;
    aheadMs = refusal.serverMs - tablet.now();
    return refusal.isWhole ? attempt() : response;
  };
}

async function signed(
  { scannerId, sign, now }: RequestSigner,
  aheadMs: number,
  input: Address,
  init: RequestInit,
): Promise<RequestInit> {
  const { body = "", method = "GET" } = init;
  if (input instanceof Request || (body !== null && typeof body !== "string")) {
    throw new TypeError("only texts are signed, to an address");
  }
  const url = new URL(input, "location" in globalThis ? location.href : undefined);
  const contentDigest = structuredBytes("sha-256", base64(await sha256(body ?? "")));
  const params = signatureParams({ created: Math.floor((now() + aheadMs) / 1000), keyId: scannerId });
  const target = url.pathname + url.search;
  const base = signatureBase({ method: method.toUpperCase(), target, contentDigest, params });
  const headers = new Headers(init.headers);
  headers.set(signatureHeaders.digest, contentDigest);
  headers.set(signatureHeaders.input, `${signatureLabel}=${params}`);
  headers.set(signatureHeaders.signature, structuredBytes(signatureLabel, base64(await sign(utf8(base)))));
  return { ...init, headers };
}

const utf8 = (text: string) => new TextEncoder().encode(text);

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(text)));
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** What the server said of our clock: its own, and whether nothing else of a batch was answered otherwise. */
async function clockRefusal(response: Response): Promise<{ serverMs: number; isWhole: boolean } | undefined> {
  const mayBe = response.status === 401 || response.status === 207;
  if (!mayBe || response.headers.get("content-type")?.startsWith("application/json") !== true) return undefined;
  const told: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const clocks = (Array.isArray(told) ? told : [told]).map(serverClockOf);
  const [serverMs] = clocks.filter((clock) => clock !== undefined);
  return serverMs === undefined ? undefined : { serverMs, isWhole: !clocks.includes(undefined) };
}

function serverClockOf(answer: unknown): number | undefined {
  const data = memberOf(memberOf(answer, "error"), "data");
  if (memberOf(data, "errorCode") !== "request_clock_wrong") return undefined;
  const serverMs = Date.parse(String(memberOf(memberOf(data, "details"), "now")));
  return Number.isNaN(serverMs) ? undefined : serverMs;
}

const memberOf = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);
