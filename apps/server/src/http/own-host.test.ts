import { testContext } from "@tessera/core/testing";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testApp } from "../testing/test-app.ts";

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

async function ask(url: string, publicOrigin?: string): Promise<Response> {
  const { ctx } = testContext({ db: database.db });
  const ownHosts = (): string[] => ["Kiosk", "192.168.1.20", "fd00::20"];
  return testApp(ctx, { demoAccounts, publicOrigin, ownHosts }).app.request(url);
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
  const publicOrigin = "https://tickets.example.org";
  expect((await ask("http://tickets.example.org/", publicOrigin)).status).toBe(200);
  expect((await ask("http://tickets.example.org:8080/", publicOrigin)).status).toBe(200);
  for (const host of ["localhost:8080", "192.168.1.20", "other.example.org"]) {
    expect((await ask(`http://${host}/`, publicOrigin)).status).toBe(421);
  }
});

it.each(["/healthz", "/readyz"])("tells whoever asks how it is: %s", async (path) => {
  expect((await ask(`http://10.0.0.7${path}`)).status).toBe(200);
  expect((await ask(`http://10.0.0.7${path}`, "https://tickets.example.org")).status).toBe(200);
});

it("takes a provider's webhook by any name: its signature says who sent it", async () => {
  const { ctx } = testContext({ db: database.db });
  const { app } = testApp(ctx, { publicOrigin: "https://tickets.example.org" });
  const response = await app.request("http://127.0.0.1/webhooks/demo", { method: "POST", body: "{}" });
  expect(response.status).toBe(401);
});
