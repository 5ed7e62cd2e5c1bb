import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request, type RequestListener } from "node:http";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { getRequestListener } from "@hono/node-server";
import { audienceHeader } from "@tessera/contracts";
import { verifyTotp } from "@tessera/core";
import {
  authenticatorCode,
  registerAccount,
  signInByPassword,
  testContext,
  type TestContext,
  testRequester,
} from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testApp } from "../testing/test-app.ts";
import type { AppParts } from "./app.ts";
import { listen, type Listening } from "./listen.ts";
import { unaryCalls } from "./unary-calls.ts";

// Every request goes both ways, and the answers must not differ: by the app alone, and by what stands before it.

type Framing = { port: number; tookShortWay: () => boolean | undefined; logged: () => string };

let database: TestDatabase;
let test: TestContext;
let account: { email: string; password: string };
let token: string;
let framings: readonly [Framing, Framing];
const open: Listening[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
  account = await registerAccount(test.ctx, "visitor");
  const { standing } = await signInByPassword(test.ctx, account, "shop");
  const code = await authenticatorCode(test.ctx.clock());
  ({ token } = (await verifyTotp(test.ctx, standing, { code }, testRequester)).authSession);
  framings = await bothFramings();
});
afterAll(async () => {
  await Promise.all(open.map((listening) => listening.close(0)));
  await database.drop();
});

async function bothFramings(overrides: Partial<AppParts> = {}): Promise<[Framing, Framing]> {
  return [await serve(overrides, { isShort: false }), await serve(overrides, { isShort: true })];
}

async function serve(overrides: Partial<AppParts>, { isShort }: { isShort: boolean }): Promise<Framing> {
  const { app, parts, logged } = testApp(test.ctx, overrides);
  const byApp = getRequestListener(app.fetch);
  const answerIfUnary = unaryCalls(parts);
  let tookShortWay: boolean | undefined;
  const listener: RequestListener = (incoming, outgoing) => {
    tookShortWay = isShort && answerIfUnary(incoming, outgoing);
    if (!tookShortWay) void byApp(incoming, outgoing);
  };
  const listening = await listen(listener, { host: "127.0.0.1", port: 0, tls: undefined });
  open.push(listening);
  // Asked once for each request.
  const lastWay = (): boolean | undefined => {
    const way = tookShortWay;
    tookShortWay = undefined;
    return way;
  };
  return { port: listening.port, tookShortWay: lastWay, logged };
}

type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer };

type Answered = { status: number | undefined; headers: IncomingHttpHeaders; body: string; lines: unknown[] };

async function ask(framing: Framing, { method = "GET", path, headers = {}, body }: Asked): Promise<Answered> {
  // A connection whose last answer was a refusal of its body is closed.
  const agent = new Agent({ keepAlive: true });
  const { port } = framing;
  const asking = request({ host: "127.0.0.1", port, path, method, agent, headers: { host: "localhost", ...headers } });
  asking.end(body);
  const [response] = (await once(asking, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  agent.destroy();
  const { date: _, "x-request-id": requestId, ...kept } = response.headers;
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  const bytes = Buffer.concat(chunks);
  const text = (kept["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
  const id = String(requestId);
  return {
    status: response.statusCode,
    headers: plainHeaders(kept),
    body: text.replaceAll(id, "the request's id"),
    lines: await linesOf(framing, id),
  };
}

/** A new token is another each time. Compressed answers differ by the compressed id in them. */
function plainHeaders({ "content-length": length, "set-cookie": cookies, ...headers }: IncomingHttpHeaders) {
  const lengthIfFixed = headers["content-encoding"] === undefined ? length : "of something compressed";
  const named = cookies?.map((cookie) => cookie.replace(/=[\w-]{43};/, "=a new token;"));
  return {
    ...headers,
    ...(length === undefined ? {} : { "content-length": lengthIfFixed }),
    ...(named === undefined ? {} : { "set-cookie": named }),
  };
}

/** What the log says of a request, without what is of this one. The line that tells its end comes last. */
async function linesOf({ logged }: Framing, requestId: string): Promise<unknown[]> {
  const lines = await vi.waitFor(() => {
    const found = logged()
      .split("\n")
      .filter((line) => line.includes(requestId));
    expect(found.some((line) => line.includes('"msg":"request"'))).toBe(true);
    return found;
  });
  return lines.map((line): unknown => {
    const { requestId: _, time: __, ms: ___, pid: ____, err, ...kept } = JSON.parse(line) as Record<string, unknown>;
    const fault: unknown = err === undefined ? undefined : Reflect.get(Object(err), "message");
    return { ...kept, fault };
  });
}

const json = { "content-type": "application/json" };
const signIn = "/trpc/auth.accounts.signIn";
const me = "/trpc/auth.accounts.me";
const orders = "/trpc/tickets.sales.orders";
const reserve = "/trpc/tickets.sales.reserve";
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Asked => ({
  method: "POST",
  path,
  body: typeof body === "string" || body instanceof Buffer ? body : JSON.stringify(body),
  headers: { ...json, ...headers },
});
const cookie = (): Record<string, string> => ({ cookie: `other=1; tessera_shop=${token}` });
const wrong = { email: "nobody@example.test", password: "not this one at all" };
const badBasket = { lines: Array.from({ length: 20 }, () => ({ offerId: "none", quantity: -1 })) };

async function compare(asked: Asked, both = framings): Promise<{ answer: Answered; isShort: boolean | undefined }> {
  const [long, short] = [await ask(both[0], asked), await ask(both[1], asked)];
  expect(short).toEqual(long);
  expect(both[0].tookShortWay()).toBe(false);
  return { answer: short, isShort: both[1].tookShortWay() };
}

describe("a single call is answered the short way as it is the long way", () => {
  it.each<[string, number, () => Asked]>([
    ["a query", 200, () => ({ path: me })],
    ["a query with an empty input", 200, () => ({ path: `${me}?input=` })],
    ["a query as a batch of one", 200, () => ({ path: `${me}?batch=1&input=%7B%7D` })],
    ["a query by somebody signed in", 200, () => ({ path: me, headers: cookie() })],
    ["a query with a broken input that it does not read", 200, () => ({ path: `${me}?input=%7B` })],
    ["a mutation that sets a cookie", 200, () => post(signIn, account)],
    ["a mutation as a batch of one", 200, () => post(`${signIn}?batch=1`, { 0: account })],
    ["a mutation with a byte order mark", 200, () => post(signIn, `\uFEFF${JSON.stringify(account)}`)],
    ["a type with a charset", 200, () => post(signIn, account, { "content-type": "Application/JSON ; charset=utf-8" })],
    ["a mutation that has no input", 200, () => post("/trpc/auth.accounts.signOut", "")],
    ["a refusal", 409, () => post(signIn, wrong)],
    ["a refusal in a batch", 409, () => post(`${signIn}?batch=1`, { 0: wrong })],
    ["nobody who should be somebody", 401, () => ({ path: orders })],
    ["a cookie that is worth nothing", 401, () => ({ path: orders, headers: { cookie: "tessera_shop=no" } })],
    ["what another app may", 403, () => ({ path: "/trpc/admin.staff.list", headers: cookie() })],
    ["invalid input", 400, () => post(signIn, { email: 1 })],
    ["invalid input in a batch", 400, () => post(`${signIn}?batch=1`, { 0: { email: 1 } })],
    ["no input in a batch", 400, () => post(`${signIn}?batch=1`, {})],
    ["a batch that is a list", 400, () => post(`${signIn}?batch=1`, [account])],
    ["a batch that is nothing", 400, () => post(`${signIn}?batch=1`, "null")],
    ["broken JSON", 400, () => post(signIn, '{"email":')],
    ["no body", 400, () => post(signIn, "")],
    ["what is no UTF-8", 400, () => post(signIn, Buffer.from([0x22, 0xff, 0x22]))],
    ["broken JSON of nobody", 401, () => post(reserve, "{")],
    ["keys of every object", 400, () => post(signIn, '{"__proto__":{"email":"a@b.test","password":"x"}}')],
    [
      "keys of every object beside good ones",
      409,
      () => post(signIn, `{"constructor":1,"__proto__":{},"email":"other@example.test","password":"no"}`),
    ],
    ["keys of every object in a batch", 400, () => post(`${signIn}?batch=1`, '{"__proto__":{"0":{}}}')],
    ["a page that is nobody's", 200, () => ({ path: me, headers: { "sec-fetch-site": "none" } })],
    ["an origin of our own", 200, () => ({ path: me, headers: { origin: "http://localhost" } })],
    ["a long refusal, compressed", 400, () => post(reserve, badBasket, { ...cookie(), "accept-encoding": "br, gzip" })],
    ["a long refusal, as it is", 400, () => post(reserve, badBasket, { ...cookie(), "accept-encoding": "gzip;q=0" })],
  ])("%s: %i", async (_, status, asked) => {
    const { answer, isShort } = await compare(asked());
    expect(isShort).toBe(true);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });
});

describe("everything else is left to the long way", () => {
  it.each<[string, number, () => Asked]>([
    ["a batch of two", 200, () => ({ path: `${me},auth.accounts.me?batch=1&input=%7B%7D` })],
    ["an unknown procedure", 404, () => ({ path: "/trpc/auth.accounts.none" })],
    ["a member of every object", 404, () => ({ path: "/trpc/__proto__" })],
    ["another member of every object", 404, () => post("/trpc/constructor", {})],
    ["a router", 404, () => ({ path: "/trpc/auth.accounts" })],
    ["a mutation by GET", 405, () => ({ path: signIn })],
    ["a query by POST", 405, () => post(me, {})],
    ["a method that changes", 405, () => ({ ...post(signIn, account), method: "PUT" })],
    ["HEAD", 204, () => ({ path: me, method: "HEAD" })],
    ["another type", 415, () => post(signIn, account, { "content-type": "text/plain" })],
    ["a form", 415, () => post(signIn, "email=a", { "content-type": "application/x-www-form-urlencoded" })],
    ["no type", 415, () => ({ method: "POST", path: signIn, body: JSON.stringify(account) })],
    ["a body that is too large", 413, () => post(signIn, { email: "x".repeat(1_100_000) })],
    ["a body of a length that is not told", 200, () => post(signIn, account, { "transfer-encoding": "chunked" })],
    ["another site's page", 403, () => post(signIn, account, { "sec-fetch-site": "cross-site" })],
    ["another origin", 403, () => ({ path: me, headers: { origin: "https://evil.example" } })],
    ["another host", 421, () => ({ path: me, headers: { host: "evil.example" } })],
    ["a host in capitals", 200, () => ({ path: me, headers: { host: "LOCALHOST" } })],
    ["a path that is encoded", 200, () => ({ path: "/trpc/auth%2Eaccounts.me" })],
    ["a path that ends in a slash", 200, () => ({ path: `${me}/` })],
    ["what everybody may know", 200, () => ({ path: "/trpc/tickets.catalogue.programme" })],
    ["what is no API", 200, () => ({ path: "/" })],
  ])("%s: %i", async (_, status, asked) => {
    const { answer, isShort } = await compare(asked());
    expect(isShort).toBe(false);
    expect(answer.status).toBe(status);
  });
});

it("is refused alike where the app has another name", async () => {
  const origins = { shop: "https://a.test", admin: "https://b.test", scanner: "https://c.test" };
  const both = await bothFramings({ origins });
  const at = (host: string, audience: string): Asked => ({ path: me, headers: { host, [audienceHeader]: audience } });
  expect(await compare(at("b.test", "admin"), both)).toMatchObject({ isShort: true, answer: { status: 200 } });
  expect(await compare(at("a.test", "admin"), both)).toMatchObject({ isShort: false, answer: { status: 403 } });
  expect(await compare(at("localhost", "shop"), both)).toMatchObject({ isShort: false, answer: { status: 421 } });
  const fromOther: Asked = {
    path: me,
    headers: { host: "b.test", origin: "https://a.test", [audienceHeader]: "admin" },
  };
  expect(await compare(fromOther, both)).toMatchObject({ isShort: false, answer: { status: 403 } });
});

it("masks a fault alike, and logs it alike", async () => {
  const verify = () => Promise.reject(new Error("the moon is full"));
  const core = { ...test.ctx, passwords: { ...test.ctx.passwords, verify } };
  const both = await bothFramings({ core });
  const { answer, isShort } = await compare(post(signIn, account), both);
  expect(isShort).toBe(true);
  expect(answer).toMatchObject({ status: 500, lines: [{ fault: "the moon is full" }, { status: 500 }] });
  expect(answer.body).not.toContain("moon");
});

it("lets a request that breaks off do nothing, and says so alike", async () => {
  const said: unknown[] = [];
  for (const framing of framings) {
    const before = framing.logged().length;
    const socket = connect(framing.port, "127.0.0.1");
    socket.write(
      `POST ${signIn} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"email":`,
    );
    await vi.waitFor(() => expect(framing.tookShortWay()).toBe(framing === framings[1]));
    socket.destroy();
    await vi.waitFor(() => expect(framing.logged().slice(before)).toContain('"msg":"request"'));
    const [line = ""] = framing.logged().slice(before).split("\n");
    const { method, path, status } = JSON.parse(line) as Record<string, unknown>;
    said.push({ method, path, status });
  }
  expect(said[1]).toEqual(said[0]);
});
