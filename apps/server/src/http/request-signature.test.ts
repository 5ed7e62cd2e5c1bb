import { createHash } from "node:crypto";
import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { audienceHeader } from "@tessera/contracts";
import { listScannerChoices, revokeScanner, verifyTotp } from "@tessera/core";
import {
  authenticatorCode,
  enrolTablet,
  makeTabletKey,
  registerAccount,
  registerVisitor,
  signInByPassword,
  stockProgramme,
  testContext,
  type TestContext,
  testRequester,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp } from "../testing/test-app.ts";
import { listen, type Listening } from "./listen.ts";
import { unaryCalls } from "./unary-calls.ts";

// Every request goes both ways: a single call the short way, and the same by the app alone.

type Tablet = Awaited<ReturnType<typeof enrolTablet>>;
type Framing = { port: number; tookShortWay: () => boolean };

let database: TestDatabase;
let test: TestContext;
let place: { gateId: string; competitionSessionIds: string[] };
let tablet: Tablet;
let framings: Framing[];
const open: Listening[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
  await stockProgramme(test.ctx, [{}]);
  const [choice] = await listScannerChoices(test.ctx);
  place = { gateId: choice?.gates[0]?.id ?? "", competitionSessionIds: [choice?.competitionSessions[0]?.id ?? ""] };
  tablet = await enrolTablet(test.ctx, place);
  framings = [await serve(false), await serve(true)];
});
afterAll(async () => {
  await Promise.all(open.map((listening) => listening.close(0)));
  await database.drop();
});

async function serve(isShort: boolean): Promise<Framing> {
  const { app, parts } = testApp(test.ctx);
  const byApp = getRequestListener(app.fetch);
  const answerIfUnary = unaryCalls(parts);
  let tookShortWay = false;
  const listener: RequestListener = (incoming, outgoing) => {
    tookShortWay = isShort && answerIfUnary(incoming, outgoing);
    if (!tookShortWay) void byApp(incoming, outgoing);
  };
  const listening = await listen(listener, { host: "localhost", port: 0, tls: undefined });
  open.push(listening);
  return { port: listening.port, tookShortWay: () => tookShortWay };
}

const checkIn = "/trpc/validation.scanners.checkIn";
const nothing = JSON.stringify({ report: null });

type Request = { method: string; target: string; body: string | Buffer; headers: Record<string, string> };
type Signed = {
  by: Tablet["sign"];
  keyId: string;
  created: number;
  method: string;
  target: string;
  body: string | Buffer;
  /** Between the components and the end. */
  params: (created: number, keyId: string) => string;
};

const paramsOf = (created: number, keyId: string): string =>
  `("@method" "@path" "@query" "content-digest");created=${created};keyid="${keyId}";alg="ed25519"`;
const now = () => Math.floor(test.ctx.clock().getTime() / 1000);

/** A request as RFC 9421 and RFC 9530 say, written down here once more; what is signed may differ from what is sent. */
function signed(other: Partial<Signed> = {}, sent: Partial<Request> = {}): Request {
  const { by = tablet.sign, keyId = tablet.scanner.scannerId, created = now(), params = paramsOf } = other;
  const request = { method: "POST", target: checkIn, body: nothing, ...sent };
  const { method, target, body } = { ...request, ...other };
  const [path, query] = target.split("?");
  const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
  const base = [
    `"@method": ${method}`,
    `"@path": ${path}`,
    `"@query": ?${query ?? ""}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${params(created, keyId)}`,
  ].join("\n");
  const headers = {
    "content-digest": digest,
    "signature-input": `sig=${params(created, keyId)}`,
    signature: `sig=:${Buffer.from(by(Buffer.from(base))).toString("base64")}:`,
  };
  return { ...request, headers: { ...headers, ...sent.headers } };
}

type Answered = { status: number; answer: unknown };

/** A query, whose input is signed with the address: `invalid_input` from whoever is let in. */
const query = (other: Partial<Signed> = {}): Request =>
  signed({ body: "", ...other }, { method: "GET", target: "/trpc/validation.gate.listPart?batch=1&input=%7B%20%7D" });

async function ask({ port }: Framing, { method, target, body, headers }: Request): Promise<Answered> {
  const response = await fetch(`http://localhost:${port}${target}`, {
    method,
    headers: { "content-type": "application/json", [audienceHeader]: "scanner", ...headers },
    body: method === "GET" ? null : body instanceof Buffer ? new Uint8Array(body) : body,
  });
  const text = (await response.text()).replaceAll(/"requestId":"[^"]*"/g, `"requestId":"r"`);
  return { status: response.status, answer: JSON.parse(text) as unknown };
}

/** How both framings answer, which must be the same. */
async function compare(request: Request, isShort = true): Promise<Answered> {
  const answers: Answered[] = [];
  for (const framing of framings) answers.push(await ask(framing, request));
  expect(framings.map(({ tookShortWay }) => tookShortWay())).toEqual([false, isShort]);
  const [byApp, byUnary] = answers;
  expect(byUnary).toEqual(byApp);
  return byApp ?? { status: 0, answer: null };
}

const outcomeOf = ({ answer }: Answered): unknown => {
  const read = (value: unknown, name: string): unknown => Reflect.get(Object(value), name);
  const one = Array.isArray(answer) ? read(answer, "0") : answer;
  return read(read(read(one, "error"), "data"), "errorCode") ?? "ok";
};

const reordered = (created: number, keyId: string) =>
  `("@method" "@path" "@query" "content-digest");keyid="${keyId}";created=${created};alg="ed25519"`;
const without = (name: string) => (created: number, keyId: string) =>
  paramsOf(created, keyId).replace(`"${name}"`, "").replaceAll(/ +/g, " ");

describe("a request is a tablet's", () => {
  it.each<[string, () => Request, boolean]>([
    ["by its signature alone", () => signed(), true],
    ["as a batch of one", () => signed({}, { target: `${checkIn}?batch=1`, body: `{"0":${nothing}}` }), true],
    [
      "in a batch of two",
      () =>
        signed(
          {},
          { target: `${checkIn},validation.scanners.checkIn?batch=1`, body: `{"0":${nothing},"1":${nothing}}` },
        ),
      false,
    ],
    ["with a byte order mark", () => signed({}, { body: `\uFEFF${nothing}` }), true],
    ["with signs beyond ASCII", () => signed({}, { body: JSON.stringify({ report: null, note: "Porte É 😀" }) }), true],
    ["five minutes ago", () => signed({ created: now() - 300 }), true],
    ["five minutes ahead", () => signed({ created: now() + 300 }), true],
  ])("%s", async (_, request, isShort) => {
    const answered = await compare(request(), isShort);
    expect(outcomeOf(answered)).toBe("ok");
    expect(answered.status).toBe(200);
  });

  it("that asks by its address", async () => {
    expect(outcomeOf(await compare(query()))).toBe("invalid_input");
    const other = { target: "/trpc/validation.gate.listPart?batch=1&input=%7B%7D" };
    expect(outcomeOf(await compare(query(other)))).toBe("scanner_required");
  });

  it("as often as it is sent: nothing that a tablet may ask needs to be asked once", async () => {
    const again = signed();
    for (let count = 0; count < 3; count += 1) expect(outcomeOf(await compare(again))).toBe("ok");
  });
});

function withInput(change: (input: string) => string): Request {
  const request = signed();
  const input = change(request.headers["signature-input"] ?? "");
  return { ...request, headers: { ...request.headers, "signature-input": input } };
}

describe("a request is nobody's", () => {
  let mine = "";
  let other: Request;
  beforeAll(() => {
    mine = signed().headers["signature"] ?? "";
    other = signed({}, { body: '{ "report": null }' });
  });

  it.each<[string, () => Request]>([
    ["without a signature", () => ({ ...signed(), headers: {} })],
    ["whose body was changed", () => signed({ body: '{"report":1}' })],
    ["whose body and digest were changed", () => ({ ...other, headers: { ...other.headers, signature: mine } })],
    ["that was signed for another procedure", () => signed({ target: "/trpc/validation.shifts.end" })],
    ["that was signed with another query", () => signed({ target: `${checkIn}?batch=1` })],
    ["that was signed for another method", () => signed({ method: "GET" })],
    ["in small letters", () => signed({ method: "post" })],
    ["signed by another key", () => signed({ by: makeTabletKey().sign })],
    ["of a tablet that nobody knows", () => signed({ keyId: "019a0000-0000-7000-8000-000000000000" })],
    ["whose tablet is no id", () => signed({ keyId: "tablet" })],
    ["whose tablet is written otherwise", () => signed({ keyId: tablet.scanner.scannerId.toUpperCase() })],
    ["whose parameters have another order", () => signed({ params: reordered })],
    ["whose digest is not signed", () => signed({ params: without("content-digest") })],
    ["whose query is not signed", () => signed({ params: without("@query") })],
    ["with one more parameter", () => signed({ params: (...of) => `${paramsOf(...of)};nonce="1"` })],
    [
      "by another algorithm's name",
      () => signed({ params: (...of) => paramsOf(...of).replace("ed25519", "hmac-sha256") }),
    ],
    ["without a moment", () => signed({ params: (...of) => paramsOf(...of).replace(/created=\d+;/, "") })],
    ["with another's parameters before", () => withInput((input) => `a=("@method"), ${input}`)],
    ["with another's parameters after", () => withInput((input) => `${input}, a=("@method")`)],
    ["with two signatures", () => signed({}, { headers: { signature: `${mine}, ${mine}` } })],
    ["with the name of another", () => signed({}, { headers: { signature: mine.replace("sig=", "sig1=") } })],
    ["whose signature is cut", () => signed({}, { headers: { signature: "sig=:AAAA:" } })],
    ["whose signature is written otherwise", () => signed({}, { headers: { signature: otherBase64(mine) } })],
    ["whose digest is another's", () => signed({}, { headers: { "content-digest": "sha-512=:AAAA:" } })],
    [
      "whose body is no UTF-8 and read as if it were",
      () => signed({ body: Buffer.from("\uFFFD") }, { body: Buffer.from([0xff]) }),
    ],
  ])("%s", async (_, request) => {
    const answered = await compare(request());
    expect(outcomeOf(answered)).toBe("scanner_required");
    expect(answered.status).toBe(401);
  });

  it.each(["content-digest", "signature-input", "signature"])("without %s", async (name) => {
    const { headers, ...request } = signed();
    const { [name]: _, ...kept } = headers;
    expect(outcomeOf(await compare({ ...request, headers: kept }))).toBe("scanner_required");
  });
});

/** The same 64 bytes, with bits in the last sign that stand for nothing. */
const otherBase64 = (signature: string): string =>
  signature.replace(/(.)==:$/, (_, last: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}==:`);

it.each([-301, 301, -86_400, 1e9])("says what time it is to a tablet whose clock is %d seconds off", async (off) => {
  const answered = await compare(signed({ created: now() + off }));
  expect(outcomeOf(answered)).toBe("request_clock_wrong");
  expect(answered).toMatchObject({
    status: 401,
    answer: { error: { data: { details: { now: test.ctx.clock().toISOString() } } } },
  });
});

it("shuts a tablet out between two requests, which still learns what has become of it", async () => {
  const gone = await enrolTablet(test.ctx, place);
  const of = { by: gone.sign, keyId: gone.scanner.scannerId };
  const end = { target: "/trpc/validation.shifts.end", body: JSON.stringify({ shiftId: gone.shift.id }) };
  expect(outcomeOf(await compare(signed(of, end)))).toBe("ok");
  await revokeScanner(test.ctx, await registerVisitor(test.ctx, "supervisor"), gone.scanner);
  const refused = await compare(signed(of, end));
  expect(refused.status).toBe(403);
  expect(outcomeOf(refused)).toBe("scanner_not_enrolled");
  expect(await compare(signed(of))).toMatchObject({ answer: { result: { data: { state: "revoked" } } } });
});

describe("a shift begins", () => {
  const begin = { target: "/trpc/validation.shifts.begin", body: "" };
  async function signIn(role: "staff" | "visitor", audience: "scanner" | "shop" = "scanner"): Promise<string> {
    const account = await registerAccount(test.ctx, role);
    const { standing } = await signInByPassword(test.ctx, account, audience);
    const code = await authenticatorCode(test.ctx.clock());
    const { token } = (await verifyTotp(test.ctx, standing, { code }, testRequester)).authSession;
    return `tessera_${audience}=${token}`;
  }

  it("neither by a cookie alone nor by a signature alone", async () => {
    const cookie = await signIn("staff");
    expect(outcomeOf(await compare({ ...signed({}, begin), headers: { cookie } }))).toBe("scanner_required");
    expect(outcomeOf(await compare(signed({}, begin)))).toBe("not_signed_in");
    expect(outcomeOf(await compare({ ...signed(), headers: { cookie } }))).toBe("scanner_required");
    const other = await signIn("visitor", "shop");
    expect(outcomeOf(await compare(signed({}, { ...begin, headers: { cookie: other } })))).toBe("not_signed_in");
  });

  it("by both, and takes the cookie away", async () => {
    for (const { port } of framings) {
      const { method, target, headers } = signed({}, { ...begin, headers: { cookie: await signIn("staff") } });
      const of = { "content-type": "application/json", [audienceHeader]: "scanner", ...headers };
      const url = `http://localhost:${port}${target}`;
      const response = await fetch(url, { method, headers: of, body: "" });
      expect(await response.json()).toMatchObject({ result: { data: { role: "staff", overrides: 0 } } });
      expect(response.headers.get("set-cookie")).toMatch(/^tessera_scanner=; Max-Age=0;/);
      expect(outcomeOf(await ask({ port, tookShortWay: () => true }, { ...signed({}, begin), headers: of }))).toBe(
        "not_signed_in",
      );
    }
  });
});
