import type { Page } from "playwright-core";

/** Somebody comes back to a page, and so it asks the server at once instead of some seconds later. */
export async function lookAgain(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
}
