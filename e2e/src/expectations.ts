import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** It is on the screen, now or in a moment. */
export async function expectShown(...locators: readonly Locator[]): Promise<void> {
  for (const locator of locators) await locator.waitFor({ state: "visible" });
}

/** It is not on the screen, now or in a moment. */
export async function expectGone(...locators: readonly Locator[]): Promise<void> {
  for (const locator of locators) await locator.waitFor({ state: "hidden" });
}

/** The page's heading, which says where one is. */
export async function expectPage(page: Page, heading: string | RegExp): Promise<void> {
  await expectShown(page.getByRole("heading", { level: 1, name: heading }));
}

/** What it says, read again until it fits. */
export async function expectText(locator: Locator, text: string | RegExp): Promise<void> {
  const wanted: unknown = typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text);
  await expect.poll(async () => plain(await locator.innerText())).toEqual(wanted);
}

/** Prices and French punctuation hold spaces that do not break; for a reader they are spaces. */
export function plain(text: string): string {
  return text.replaceAll(/[\s\u00A0\u202F]+/g, " ").trim();
}
