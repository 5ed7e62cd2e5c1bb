import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectPage, expectShown } from "./expectations.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { payBy, putInBasket } from "./shop/buy.ts";
import { test } from "./test.ts";

test("buttons pressed twice ask once, and a phone shows code and holder without scrolling", async ({
  openPage,
  run,
}) => {
  const page = await openPage({ size: "phone", person: await registerVisitor(run.origin) });
  const asked = countRequests(page, ["reserve", "startPayment", "activate"]);
  await putInBasket(page, "VVO02", [{ offer: "Family", category: "A" }]);
  await page.getByRole("button", { name: "Reserve" }).dblclick();
  await expectPage(page, "Your seats are kept");
  await page.getByRole("button", { name: /^Pay / }).dblclick();
  await expectPage(page, "Demo payment");
  await page.goBack();
  await expectShown(page.getByText(/^If nothing is paid, they are released by themselves at \d\d:\d\d/));
  await payBy(page, "Continue payment", "Pay");
  await expectPage(page, "You have paid.");

  await page.getByRole("link", { name: "See my 4 tickets" }).click();
  await page.getByRole("link", { name: "Open the 4 tickets" }).click();
  await page.getByRole("button", { name: "Français" }).click();
  const activate = page.getByRole("button", { name: "Activer les 4 billets de la commande" });
  await expectShown(activate);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await activate.dblclick();

  const code = page.getByRole("img", { name: /^Code d’entrée du billet/ });
  await expectShown(code);
  const facts = ["Au nom de", "Catégorie", "Portes"].map((name) => page.getByText(name, { exact: true }));
  for (const shown of [code, page.getByText(/^Encore bon/), ...facts]) {
    const box = await shown.boundingBox();
    expect(box === null ? Infinity : box.y + box.height, String(shown)).toBeLessThanOrEqual(740);
  }
  expect(asked).toEqual({ reserve: 1, startPayment: 2, activate: 1 });
});

/** How often the page has asked for each of these procedures. */
function countRequests(page: Page, names: readonly string[]): Record<string, number> {
  const asked: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  page.on("request", (request) => {
    const name = new URL(request.url()).pathname.split(".").at(-1) ?? "";
    if (request.method() === "POST" && name in asked) asked[name] = (asked[name] ?? 0) + 1;
  });
  return asked;
}
