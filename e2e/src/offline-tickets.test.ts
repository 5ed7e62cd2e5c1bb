import type { Ticket } from "@tessera/contracts";
import { readCode } from "@tessera/pass";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { keepBrowser } from "./browser/kept-browser.ts";
import { cutNetwork, noNetwork, restoreNetwork } from "./browser/network.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { openApiTablet } from "./gate/api-tablet.ts";
import { openApiSession } from "./people/api-session.ts";
import { signInByForm } from "./people/sign-in-form.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { signOut } from "./people/sign-out.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { codeAsText, liveCode } from "./shop/live-code.ts";
import { test } from "./test.ts";

const session = "VVO01";
const slotMs = 15_000;

test("after one visit tickets open, change and let somebody in with the network cut; they leave and come back with their owner", async ({
  openPage,
  problems,
  run,
}) => {
  const person = await registerVisitor(run.origin, "Ottilie Nightingale");
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
  const gate = await openApiTablet(run, { sessions: [session], gate: "C" });
  expect(await gate.ask(await codeAsText(page))).toMatchObject({ reason: "admitted" });

  await restoreNetwork(page.context());
  const mine = () => openApiSession(run.origin, "shop", cookies).client.tickets.tickets.mine.query({});
  let cookies = person.cookies;
  const before = await mine();
  await page.goto("/tickets");
  expect((await keptOn(page)).text).toContain(person.displayName);
  await signOut(page);
  await expect.poll(async () => (await keptOn(page)).passes).toBe(0);
  const { tickets, keys, caches, text } = await keptOn(page);
  expect({ tickets, keys, caches }).toEqual({ tickets: 0, keys: 2, caches: [expect.stringMatching(/^shop-/)] });
  for (const { reference } of before) expect(text).not.toContain(reference);
  for (const said of ["Ottilie", "Nightingale", person.email]) expect(text).not.toContain(said);

  await signInByForm(page, person);
  await expectPage(page, "My tickets");
  await page.goto(deepLink);
  await page.getByRole("button", { name: "Show my code on this phone" }).click();
  await expectShown(liveCode(page), page.getByText("2 of 2"));
  const again = await codeAsText(page);
  expect(passOf(again)).toEqual(passOf(second));
  cookies = (await page.context().cookies()).map(({ name, value }) => ({ name, value, url: run.origin }));
  expect((await mine()).map(movesOf)).toEqual(before.map(movesOf));
  expect(await gate.ask(again)).toMatchObject({ reason: "admitted" });
});

test("a browser that is started without a network opens a ticket by its address", async ({ run }) => {
  const person = await registerVisitor(run.origin);
  await buyByApi(run.origin, person, [{ session, kind: "solo", category: "A", count: 1 }]);
  const phone = await keepBrowser(run.chromium, { baseURL: run.origin, locale: "en-GB" });
  try {
    const online = await phone.start();
    await online.addCookies([...person.cookies]);
    const page = await online.newPage();
    await page.goto("/tickets");
    await page.getByRole("link", { name: "Open the ticket" }).click();
    await page.getByRole("button", { name: "Activate this ticket" }).click();
    await expectShown(liveCode(page));
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
    const address = page.url();
    await phone.kill();

    const again = await (await phone.start({ offline: true })).newPage();
    await again.goto(address);
    await expectShown(liveCode(again), again.getByText("No network: your ticket works all the same."));
  } finally {
    await phone.close();
  }
});

/** The pass that a code carries: the same bytes for as long as the ticket stays where it is. */
function passOf(code: string): Uint8Array | null {
  const read = readCode(code);
  return read.ok ? read.code.pass.bytes : null;
}

const movesOf = ({ id, epoch, activation: { movesLeft } }: Ticket) => ({ id, epoch, movesLeft });

/** What the browser has of tickets, and as text everything that a page could read in it. */
async function keptOn(page: Page) {
  const { records, ...rest } = await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error ?? new Error("no answer")));
      });
    const found: { store: string; text: string }[] = [];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all: unknown[] = await done(database.transaction(store).objectStore(store).getAll());
        for (const record of all) found.push({ store, text: JSON.stringify(record) });
      }
      database.close();
    }
    const names = await caches.keys();
    const pages = await Promise.all(names.map(async (name) => (await caches.open(name)).matchAll()));
    const bodies = await Promise.all(pages.flat().map((response) => response.text()));
    return {
      records: found,
      caches: names,
      noted: [JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]), ...bodies],
    };
  });
  const of = (store: string) => records.filter((record) => record.store === store);
  return {
    tickets: of("kept").length,
    keys: of("keys").length,
    passes: of("keys").filter(({ text }) => !text.includes('"activated":null')).length,
    caches: rest.caches,
    text: [...records.map(({ text }) => text), ...rest.noted].join("\n"),
  };
}
