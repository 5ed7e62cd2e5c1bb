import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { launchOptions } from "./browser/launch.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { openApiSession } from "./people/api-session.ts";
import type { Person } from "./people/person.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { signOut } from "./people/sign-out.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { test } from "./test.ts";

const session = "VVO01";
const slotMs = 15_000;
const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/;

test("after one visit tickets open, change and let somebody in with the network cut; signing out takes them away", async ({
  openPage,
  problems,
  run,
}) => {
  const person = await registerVisitor(run.origin);
  await buyByApi(run.origin, person, [{ session, kind: "duo", category: "A", count: 1 }]);
  const page = await openPage({ size: "phone", person });
  await page.goto("/tickets");
  await page.getByRole("link", { name: "Open the 2 tickets" }).click();
  await page.getByRole("button", { name: "Activate the 2 tickets of the order" }).click();
  await expectShown(liveCode(page));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));

  problems.expectProblem(noNetwork);
  await cutNetwork(page.context());
  await page.reload();
  await expectShown(liveCode(page), page.getByText("No network: your ticket works all the same."));
  await expectShown(page.getByText(/^Last contact: /));

  await page.getByRole("button", { name: "Next ticket" }).click();
  await expectShown(page.getByText("2 of 2"));
  const deepLink = page.url();
  await page.goto("/tickets");
  await expectShown(page.getByText("No network: here are your tickets, as we last knew them."));
  await page.goto("/");
  await expectPage(page, "This page needs the network");
  // From here on both clocks of the device can be put forward: nobody waits for the next slot.
  await page.clock.install();
  await page.goto(deepLink);
  await expectShown(liveCode(page), page.getByText("2 of 2"));
  const second = await codeAsText(page);
  await page.getByRole("button", { name: "Previous ticket" }).click();
  await expectShown(page.getByText("1 of 2"));
  const shown = await codeAsText(page);
  await page.clock.fastForward(slotMs);
  await expect.poll(() => codeAsText(page)).not.toBe(shown);

  const codes = [await codeAsText(page), second];
  expect(await scan(run.origin, run.supervisor, codes)).toEqual(["admitted", "admitted"]);

  await restoreNetwork(page.context());
  await page.goto("/tickets");
  await signOut(page);
  await expect.poll(() => keptOn(page)).toEqual({ records: 0, caches: [expect.stringMatching(/^shop-/)] });
});

test("a browser that is started without a network opens a ticket by its address", async ({ run }) => {
  const person = await registerVisitor(run.origin);
  await buyByApi(run.origin, person, [{ session, kind: "solo", category: "A", count: 1 }]);
  const profile = await mkdtemp(path.join(tmpdir(), "tessera-e2e-profile-"));
  const started: BrowserContext[] = [];
  const start = async (offline: boolean): Promise<BrowserContext> => {
    const options = { ...launchOptions(run.chromium), offline, baseURL: run.origin, locale: "en-GB" };
    const browser = await chromium.launchPersistentContext(profile, options);
    started.push(browser);
    return browser;
  };
  try {
    const online = await start(false);
    await online.addCookies([...person.cookies]);
    const page = await online.newPage();
    await page.goto("/tickets");
    await page.getByRole("link", { name: "Open the ticket" }).click();
    await page.getByRole("button", { name: "Activate this ticket" }).click();
    await expectShown(liveCode(page));
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
    const address = page.url();
    await online.close();

    const offline = await start(true);
    const again = await offline.newPage();
    await again.goto(address);
    await expectShown(liveCode(again), again.getByText("No network: your ticket works all the same."));
  } finally {
    await Promise.all(started.map((browser) => browser.close()));
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

const liveCode = (page: Page) => page.getByRole("img", { name: /^Entry code of ticket/ });

async function codeAsText(page: Page): Promise<string> {
  const text = page.getByRole("textbox", { name: "Code as text" });
  if (!(await text.isVisible())) await page.getByRole("button", { name: "Show code as text" }).click();
  return text.inputValue();
}

/** The device has no network, and what tries all the same reaches nobody. */
async function cutNetwork(context: BrowserContext): Promise<void> {
  await context.route("**", (route) => route.abort());
  await context.setOffline(true);
}

async function restoreNetwork(context: BrowserContext): Promise<void> {
  await context.unroute("**");
  await context.setOffline(false);
}

/** What the server says of codes at a gate of their competition session. */
async function scan(origin: string, staff: Person, codes: readonly string[]): Promise<string[]> {
  const { client } = openApiSession(origin, "scanner", staff.cookies);
  const sessions = await client.validation.gate.competitionSessions.query();
  const found = sessions.find(({ competitionSession: { code } }) => code === session);
  const reasons = [];
  for (const code of codes) {
    const { reason } = await client.validation.gate.scan.mutate({
      competitionSessionId: found?.competitionSession.id ?? "",
      gateId: found?.gates.find(({ name }) => name.endsWith("C"))?.id ?? "",
      code,
      nonce: randomUUID(),
      scannedAt: new Date().toISOString(),
    });
    reasons.push(reason);
  }
  return reasons;
}

/** How many records the browser's databases hold, and which caches there are. */
function keptOn(page: Page): Promise<{ records: number; caches: string[] }> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error ?? new Error("no answer")));
      });
    let records = 0;
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        records += await done(database.transaction(store).objectStore(store).count());
      }
      database.close();
    }
    return { records, caches: await caches.keys() };
  });
}
