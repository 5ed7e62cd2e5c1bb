import { type Audience, audienceHeader, audiences } from "@tessera/contracts";
import { testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp } from "../testing/test-app.ts";
import type { Origins } from "./hosts.ts";
import { answerStatic, appPaths } from "./static-apps.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const demoAccounts = [
  {
    role: "admin" as const,
    email: "admin@tessera.example",
    displayName: "Camille",
    password: "a password of the demo",
    totpSecret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  },
];

const sameOrigins = (origin: string): Origins => ({ shop: origin, admin: origin, scanner: origin });

async function ask(url: string, origins?: Origins): Promise<Response> {
  const { ctx } = testContext({ db: database.db });
  const ownHosts = (): string[] => ["Kiosk", "192.168.1.20", "fd00::20"];
  return testApp(ctx, { demoAccounts, origins, ownHosts }).app.request(url);
}

it.each(["evil.example", "localhost.evil.example", "192.168.1.21", "127.0.0.1.evil.example:8080"])(
  "shows nothing to a page that came from %s",
  async (host) => {
    for (const path of ["/demo/codes", "/", "/trpc/tickets.catalogue.programme", "/pages.css"]) {
      const response = await ask(`http://${host}${path}`);
      expect(response.status).toBe(421);
      expect(await response.text()).toMatch(/^This server does not answer for/);
    }
  },
);

it.each(["localhost:8080", "127.0.0.1", "[::1]:8080", "kiosk", "192.168.1.20:8080", "[fd00::20]:8080"])(
  "answers by this machine's own name %s",
  async (host) => {
    expect((await ask(`http://${host}/demo/codes`)).status).toBe(200);
  },
);

it("answers by its public name alone, if it has one", async () => {
  const origins = sameOrigins("https://tickets.example.org");
  expect((await ask("http://tickets.example.org/", origins)).status).toBe(200);
  expect((await ask("http://tickets.example.org:8080/", origins)).status).toBe(200);
  for (const host of ["localhost:8080", "192.168.1.20", "other.example.org"]) {
    expect((await ask(`http://${host}/`, origins)).status).toBe(421);
  }
});

it.each(["/healthz", "/readyz"])("tells whoever asks how it is: %s", async (path) => {
  expect((await ask(`http://10.0.0.7${path}`)).status).toBe(200);
  expect((await ask(`http://10.0.0.7${path}`, sameOrigins("https://tickets.example.org"))).status).toBe(200);
});

it("takes a provider's webhook by any name: its signature says who sent it", async () => {
  const { ctx } = testContext({ db: database.db });
  const { app } = testApp(ctx, { origins: sameOrigins("https://tickets.example.org") });
  const response = await app.request("http://127.0.0.1/webhooks/demo", { method: "POST", body: "{}" });
  expect(response.status).toBe(401);
});

describe("with a name for each app", () => {
  const origins: Origins = {
    shop: "https://tickets.example.org",
    admin: "https://admin.tickets.example.org",
    scanner: "https://gate.tickets.example.org",
  };
  const hostOf = (audience: Audience): string => new URL(origins[audience]).host;
  const pathOf = (wanted: Audience): string =>
    appPaths.find(({ audience }) => audience === wanted)?.basePath ?? "missing";
  const apps = appPaths.map((app) => ({ ...app, files: new Map(), page: `<title>${app.audience}</title>` }));

  function server() {
    const { ctx } = testContext({ db: database.db });
    return testApp(ctx, { origins, apps: (c) => answerStatic(apps, c) }).app;
  }

  it.each(audiences.flatMap((at) => audiences.map((wanted): [Audience, Audience] => [at, wanted])))(
    "at the name of the %s, the %s is there only if it is the same",
    async (at, wanted) => {
      const response = await server().request(`http://${hostOf(at)}${pathOf(wanted)}some/page`);
      expect(response.status).toBe(at === wanted ? 200 : 404);
      if (at === wanted) expect(await response.text()).toContain(`<title>${wanted}</title>`);
    },
  );

  it.each(["admin", "scanner"] as const)("the bare name of the %s leads to it", async (audience) => {
    const response = await server().request(`http://${hostOf(audience)}/`);
    expect([response.status, response.headers.get("location")]).toEqual([302, pathOf(audience)]);
  });

  it.each(audiences.flatMap((at) => audiences.map((asks): [Audience, Audience] => [at, asks])))(
    "at the name of the %s, the API answers the %s only if it is the same",
    async (at, asks) => {
      const headers = { host: hostOf(at), [audienceHeader]: asks };
      const response = await server().request(`http://${hostOf(at)}/trpc/auth.accounts.me`, { headers });
      expect(response.status).toBe(at === asks ? 200 : 403);
    },
  );

  it("what belongs to the shop is at its name only", async () => {
    for (const path of ["/pay/demo/x", "/orders/x.ics"]) {
      expect((await server().request(`http://${hostOf("admin")}${path}`)).status).toBe(404);
    }
  });

  it.each(["same-site", "cross-site"])("the API is not even read from another of our names: %s", async (site) => {
    const headers = { "sec-fetch-site": site };
    const response = await server().request(`http://${hostOf("shop")}/trpc/auth.accounts.me`, { headers });
    expect(response.status).toBe(403);
  });
});
