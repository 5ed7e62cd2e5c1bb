import { expect, test } from "vitest";
import { createClient, type RequestSigner, signedFetch } from "./index.ts";

const scannerId = "019a0000-0000-7000-8000-000000000000";
const serverNow = Date.parse("2028-07-20T16:00:00Z");

async function makeTablet() {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("no key pair");
  const { publicKey, privateKey } = pair;
  const sign = async (message: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, new Uint8Array(message)));
  return { sign, publicKey };
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

type Sent = { url: URL; method: string; body: string; headers: Headers };

/** Checks a request by what the standards say, written down here once more; gives the moment of its signing. */
async function check({ url, method, body, headers }: Sent, publicKey: CryptoKey): Promise<number> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body)));
  const contentDigest = `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
  expect(headers.get("content-digest")).toBe(contentDigest);
  const [, params = "", created] = /^sig=(.*created=(\d+).*)$/.exec(headers.get("signature-input") ?? "") ?? [];
  expect(params).toBe(
    `("@method" "@path" "@query" "content-digest");created=${created};keyid="${scannerId}";alg="ed25519"`,
  );
  const base = [
    `"@method": ${method}`,
    `"@path": ${url.pathname}`,
    `"@query": ${url.search || "?"}`,
    `"content-digest": ${contentDigest}`,
    `"@signature-params": ${params}`,
  ].join("\n");
  const [, signature = ""] = /^sig=:(.*):$/.exec(headers.get("signature") ?? "") ?? [];
  const isRight = await crypto.subtle.verify("Ed25519", publicKey, bytesOf(signature), new TextEncoder().encode(base));
  expect(isRight).toBe(true);
  return Number(created) * 1000;
}

const clockWrong = {
  error: {
    message: "request_clock_wrong",
    code: -32_001,
    data: {
      errorCode: "request_clock_wrong",
      details: { now: new Date(serverNow).toISOString() },
      requestId: "r",
      fields: [],
    },
  },
};
const standing = { result: { data: { state: "enrolled" } } };

/** A server that knows one tablet, and looks at its clock; `answers` changes what it says to a batch. */
async function openServer(
  options: { clockMs?: number; answers?: (isLate: boolean, paths: readonly string[]) => unknown[] } = {},
) {
  const { sign, publicKey } = await makeTablet();
  const { clockMs = serverNow, answers = (isLate, paths) => paths.map(() => (isLate ? clockWrong : standing)) } =
    options;
  const sent: Sent[] = [];
  let signer: RequestSigner | null = { scannerId, sign, now: () => clockMs };
  const signing = signedFetch(
    () => signer,
    async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const request = {
        url,
        method: init?.method ?? "GET",
        body: typeof init?.body === "string" ? init.body : "",
        headers: new Headers(init?.headers),
      };
      sent.push(request);
      const isLate = signer !== null && Math.abs((await check(request, publicKey)) - serverNow) > 300_000;
      const told = answers(isLate, url.pathname.replace("/trpc/", "").split(","));
      const late = told.filter((one) => one === clockWrong).length;
      return Response.json(told, { status: late === 0 ? 200 : late === told.length ? 401 : 207 });
    },
  );
  const client = createClient({ audience: "scanner", url: "http://tessera.example/trpc", fetch: signing });
  return {
    sent,
    signing,
    checkIn: () => client.validation.scanners.checkIn.mutate({ report: null }),
    me: () => client.auth.accounts.me.query(),
    forget: () => (signer = null),
  };
}

test("signs method, path, query and body of what a tablet sends", async () => {
  const { checkIn, me, sent } = await openServer();
  await expect(checkIn()).resolves.toEqual({ state: "enrolled" });
  await me();
  expect(sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
  expect(sent.map(({ url }) => url.search)).toEqual(["?batch=1", "?batch=1&input=%7B%7D"]);
  // What was there before is still there.
  expect(sent[0]?.headers.get("content-type")).toBe("application/json");
});

test("signs nothing while the tablet has no key that is known", async () => {
  const { checkIn, forget, sent } = await openServer();
  forget();
  await checkIn();
  expect(sent[0]?.headers.has("signature")).toBe(false);
});

test("follows the server's clock when it is told to, asks once more, and is right from then on", async () => {
  const { checkIn, sent } = await openServer({ clockMs: serverNow - 3_600_000 });
  await expect(checkIn()).resolves.toEqual({ state: "enrolled" });
  expect(sent).toHaveLength(2);
  await checkIn();
  expect(sent).toHaveLength(3);
});

test("a second refusal reaches the caller", async () => {
  const { checkIn, sent } = await openServer({ answers: (_, paths) => paths.map(() => clockWrong) });
  await expect(checkIn()).rejects.toThrow("request_clock_wrong");
  expect(sent).toHaveLength(2);
});

test("does nothing twice of what was done in the same batch", async () => {
  let asked = 0;
  const { checkIn, sent } = await openServer({
    clockMs: serverNow + 3_600_000,
    answers: (isLate, paths) => paths.map(() => (isLate && (asked += 1) === 1 ? clockWrong : standing)),
  });
  const both = await Promise.allSettled([checkIn(), checkIn()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(sent).toHaveLength(1);
  // It has learnt nevertheless.
  await expect(checkIn()).resolves.toEqual({ state: "enrolled" });
  expect(asked).toBe(2);
});

test("signs no body that is no text", async () => {
  const { signing } = await openServer();
  const body = new Uint8Array([1]);
  await expect(signing("http://tessera.example/trpc", { method: "POST", body })).rejects.toThrow(TypeError);
});
