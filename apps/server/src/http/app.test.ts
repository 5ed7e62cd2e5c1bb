import { audienceHeader, type Audience, idleHeader } from "@tessera/contracts";
import { CodedError, verifyTotp } from "@tessera/core";
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
import type { Origins } from "./hosts.ts";

let database: TestDatabase;
let test: TestContext;
beforeAll(async () => {
  database = await createTestDatabase();
  test = testContext({ db: database.db });
});
afterAll(() => database.drop());

const json = { "content-type": "application/json" };

function post(audience: Audience, body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method: "POST", body: JSON.stringify(body), headers: { ...json, [audienceHeader]: audience, ...headers } };
}

describe("every answer", () => {
  it.each(["/", "/healthz", "/trpc/auth.accounts.me", "/trpc/no.such.procedure", "/pay/demo/none", "/pages.css"])(
    "has the security headers and a request id of its own: %s",
    async (path) => {
      const { app } = testApp(test.ctx);
      const [one, other] = [await app.request(path), await app.request(path)];
      expect(one.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(one.headers.get("content-security-policy")).not.toContain("unsafe-inline");
      expect(one.headers.get("x-content-type-options")).toBe("nosniff");
      expect(one.headers.get("referrer-policy")).toBe("same-origin");
      expect(one.headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(one.headers.get("permissions-policy")).toContain("camera=()");
      expect(one.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(one.headers.get("x-request-id")).not.toBe(other.headers.get("x-request-id"));
    },
  );

  it("is for HTTPS only where browsers trust the certificate", async () => {
    const trusted = await testApp(test.ctx, { secure: true, strictTransport: true }).app.request("/");
    expect(trusted.headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
    const selfSigned = await testApp(test.ctx, { secure: true }).app.request("/");
    expect(selfSigned.headers.has("strict-transport-security")).toBe(false);
  });

  it("takes no request id from outside", async () => {
    const response = await testApp(test.ctx).app.request("/", { headers: { "x-request-id": "mine" } });
    expect(response.headers.get("x-request-id")).not.toBe("mine");
  });
});

describe("an auth session", () => {
  it("is prolonged by use, and not by what a page asks by itself", async () => {
    const own = testContext({ db: database.db });
    const { app, core } = testApp(own.ctx);
    const account = await registerAccount(own.ctx, "admin");
    const { standing } = await signInByPassword(core, account, "admin");
    const code = await authenticatorCode(core.clock());
    const { token } = (await verifyTotp(core, standing, { code }, testRequester)).authSession;
    own.clock.advance(40 * 60_000);
    const ask = async (headers: Record<string, string>) => {
      const cookie = `tessera_admin=${token}`;
      const response = await app.request("/trpc/auth.accounts.me", {
        headers: { [audienceHeader]: "admin", cookie, ...headers },
      });
      return response.headers.getSetCookie();
    };
    expect(await ask({ [idleHeader]: "1" })).toEqual([]);
    expect(await ask({})).toEqual([expect.stringContaining(token)]);
  });
});

describe("a refusal", () => {
  it("of what somebody has no right to is logged with the account, by its id only", async () => {
    const { app, logged, core } = testApp(test.ctx);
    const account = await registerAccount(test.ctx, "staff");
    const { token, standing } = await signInByPassword(core, account, "scanner");
    const code = await authenticatorCode(core.clock());
    const verified = await verifyTotp(core, standing, { code }, testRequester);
    expect(token).not.toBe(verified.authSession.token);
    const response = await app.request("http://localhost/trpc/admin.staff.list", {
      headers: { [audienceHeader]: "scanner", cookie: `tessera_scanner=${verified.authSession.token}` },
    });
    expect(response.status).toBe(403);
    await vi.waitFor(() => expect(logged()).toContain('"msg":"refused"'));
    expect(logged()).toContain(`"errorCode":"forbidden","accountId":"${account.id}"`);
    expect(logged()).not.toContain(account.email);
  });
});

describe("an unexpected error", () => {
  it("is masked under its request id, and only the log knows it", async () => {
    const broken = { read: () => Promise.reject(new Error("the moon is full")) };
    const { app, logged } = testApp({ ...test.ctx, catalogue: broken });
    const response = await app.request("/trpc/tickets.catalogue.programme");
    const text = await response.text();
    const requestId = response.headers.get("x-request-id") ?? "";
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({
      error: { message: "internal", data: { errorCode: "internal", requestId } },
    });
    expect(text).not.toContain("moon");
    expect(logged()).toContain("the moon is full");
    expect(logged()).toContain(requestId);
  });

  it("outside the API is masked as well", async () => {
    const { app } = testApp(test.ctx, { apps: () => Promise.reject(new Error("the moon is full")) });
    const response = await app.request("/somewhere");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("moon");
  });
});

describe("an answer that we cannot give now", () => {
  it.each([
    [
      "because something else failed is a fault, with its cause",
      { cause: new Error("provider away") },
      "provider away",
    ],
    ["because many ask is none", {}, undefined],
  ])("%s", async (_, options, reason) => {
    const away = { read: () => Promise.reject(new CodedError("unavailable", {}, options)) };
    const { app, logged } = testApp({ ...test.ctx, catalogue: away });
    const response = await app.request("/trpc/tickets.catalogue.programme");
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("provider away");
    expect(logged().includes('"level":50')).toBe(reason !== undefined);
    if (reason !== undefined) expect(logged()).toContain(reason);
  });
});

const sameOrigins = (origin: string): Origins => ({ shop: origin, admin: origin, scanner: origin });

describe("a request from elsewhere", () => {
  const body = { email: "a@example.test", password: "x" };
  const ask = (headers: Record<string, string>, host = "localhost:8080", origin?: string): Promise<Response> =>
    Promise.resolve(
      testApp(test.ctx, { origins: origin === undefined ? undefined : sameOrigins(origin) }).app.request(
        `http://${host}/trpc/auth.accounts.signIn`,
        post("shop", body, { host, ...headers }),
      ),
    );

  it.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site", origin: "http://localhost:8080" },
    { origin: "https://evil.example" },
    { origin: "http://localhost:9999" },
    { origin: "null" },
  ])("may change nothing: %o", async (headers) => {
    const response = await ask(headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { data: { errorCode: "forbidden" } } });
  });

  it.each([{ "sec-fetch-site": "same-origin" }, { origin: "http://localhost:8080" }, {}])(
    "is told from one of our own: %o",
    async (headers) => {
      const response = await ask(headers);
      expect(await response.json()).toMatchObject({ error: { data: { errorCode: "wrong_credentials" } } });
    },
  );

  it("is told from our own behind a proxy by the public origin", async () => {
    const [host, publicOrigin] = ["tickets.example.org:8080", "https://tickets.example.org"];
    expect((await ask({ origin: publicOrigin }, host, publicOrigin)).status).toBe(409);
    expect((await ask({ origin: "https://other.example.org" }, host, publicOrigin)).status).toBe(403);
  });
});

describe("signing in", () => {
  async function signIn(audience: Audience, secure: boolean): Promise<string[]> {
    const account = await registerAccount(test.ctx, "admin");
    const { app } = testApp(test.ctx, { secure });
    const { email, password } = account;
    const first = await app.request("/trpc/auth.accounts.signIn", post(audience, { email, password }));
    expect(first.status).toBe(200);
    const [half = ""] = first.headers.getSetCookie();
    const code = await authenticatorCode(test.ctx.clock());
    const cookie = half.split(";")[0] ?? "";
    const second = await app.request("/trpc/auth.factors.verifyTotp", post(audience, { code }, { cookie }));
    expect(second.status).toBe(200);
    return second.headers.getSetCookie();
  }

  it.each(["shop", "admin", "scanner"] as const)("gives the %s a cookie of its own", async (audience) => {
    const [cookie = "", ...others] = await signIn(audience, false);
    expect(others).toEqual([]);
    expect(cookie).toMatch(new RegExp(`^tessera_${audience}=[\\w-]{43}; `));
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Lax");
    expect(cookie).toContain("Path=/");
    expect(cookie).not.toContain("Secure");
  });

  it("binds the cookie to this host under TLS", async () => {
    const [cookie = ""] = await signIn("shop", true);
    expect(cookie).toMatch(/^__Host-tessera_shop=/);
    expect(cookie).toContain("Secure");
    expect(cookie).not.toContain("Domain");
  });

  it("in one app is worth nothing in another", async () => {
    const [cookie = ""] = await signIn("admin", false);
    const token = /=([^;]+)/.exec(cookie)?.[1] ?? "";
    const { app } = testApp(test.ctx);
    const me = async (audience: Audience): Promise<unknown> => {
      const headers = { cookie: `tessera_${audience}=${token}`, [audienceHeader]: audience };
      const response = await app.request("/trpc/auth.accounts.me", { headers });
      expect(response.headers.get("cache-control")).toBe("no-store");
      return response.json();
    };
    expect(await me("admin")).toMatchObject({ result: { data: { state: "signed_in" } } });
    expect(await me("shop")).toMatchObject({ result: { data: { state: "signed_out" } } });
  });

  it("leaves neither person nor secret in the log", async () => {
    const account = await registerAccount(test.ctx, "visitor");
    const { app, logged } = testApp(test.ctx);
    const { email, password } = account;
    const response = await app.request("/trpc/auth.accounts.signIn?secret=hunter2", post("shop", { email, password }));
    const token = /=([^;]+)/.exec(response.headers.getSetCookie()[0] ?? "")?.[1] ?? "none";
    expect(logged()).toContain('"path":"/trpc/auth.accounts.signIn"');
    for (const secret of [email, password, token, "hunter2"]) expect(logged()).not.toContain(secret);
  });
});

describe("health", () => {
  it("is ready while the database answers", async () => {
    const { app } = testApp(test.ctx);
    expect((await app.request("/healthz")).status).toBe(200);
    expect((await app.request("/readyz")).status).toBe(200);
  });

  it("is alive and not ready without it", async () => {
    const { app } = testApp(test.ctx, { checkDatabase: () => Promise.reject(new Error("gone")) });
    expect((await app.request("/healthz")).status).toBe(200);
    expect((await app.request("/readyz")).status).toBe(503);
  });
});

it("answers JSON for what the API does not have", async () => {
  const response = await testApp(test.ctx).app.request("/trpc/no.such.procedure");
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { data: { errorCode: "not_found" } } });
});

it("refuses a body that is too large before reading it", async () => {
  const response = await testApp(test.ctx).app.request(
    "/trpc/auth.accounts.signIn",
    post("shop", { email: "x".repeat(2_000_000) }),
  );
  expect(response.status).toBe(413);
});

it("shows the demo's codes in demo mode only, those of the server's own time", async () => {
  const account = {
    role: "visitor" as const,
    email: "visitor@tessera.example",
    displayName: "Camille",
    password: "a password of the demo",
    totpSecret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  };
  const shown = await testApp(test.ctx, { demoAccounts: [account] }).app.request("/demo/codes", {
    headers: { "accept-language": "en" },
  });
  const text = await shown.text();
  expect(text).toContain('<html lang="en">');
  const code = await authenticatorCode(test.ctx.clock(), account.totpSecret);
  expect(text).toMatch(new RegExp(`a password of the demo[^]*${code.slice(0, 3)} ${code.slice(3)}`));
  expect(await (await testApp(test.ctx).app.request("/demo/codes")).text()).toBe("an app");
});
