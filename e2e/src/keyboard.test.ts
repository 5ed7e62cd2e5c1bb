import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectPage, expectShown, expectText } from "./expectations.ts";
import { test } from "./test.ts";

/** More presses than any page of ours should need. */
const mostTabs = 60;

test("from the programme to the basket without a mouse", async ({ openPage }) => {
  const page = await openPage();
  await page.goto("/");
  await expectPage(page, "Programme");
  await page.keyboard.press("Tab");
  expect(await hasFocus(page.getByRole("link", { name: "Skip to content" }))).toBe(true);
  await page.keyboard.press("Enter");

  await tabTo(page, page.getByRole("searchbox", { name: "Search" }));
  await page.keyboard.type("GLF02");
  const row = page.getByRole("listitem").filter({ hasText: "GLF02" });
  await expectText(page.getByRole("status"), "1 session");
  await tabTo(page, row.getByRole("link"));
  await page.keyboard.press("Enter");

  await expectPage(page, "Golf");
  expect(await hasFocus(page.getByRole("heading", { level: 1 }))).toBe(true);
  await tabTo(page, page.getByRole("button", { name: "One more: Solo, category A" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Add 2 tickets to basket" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "See basket" }));
  await page.keyboard.press("Enter");

  await expectPage(page, "Basket");
  await expectShown(page.getByRole("group", { name: /^Quantity: Solo/ }).getByText("2"));
});

async function tabTo(page: Page, target: Locator): Promise<void> {
  await expectShown(target);
  for (let presses = 0; presses <= mostTabs; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${mostTabs} presses of Tab do not reach ${String(target)}`);
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
