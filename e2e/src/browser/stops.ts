import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectPage } from "../expectations.ts";
import { inspect } from "./inspect.ts";

/** A kind of page, and the way there. */
type Stop = { readonly name: string; readonly go: (page: Page) => Promise<void> };

/** Each of them works for everybody: axe finds nothing, and nothing is wider than a phone. */
export async function expectAllGood(page: Page, stops: readonly Stop[]): Promise<void> {
  for (const { name, go } of stops) {
    await go(page);
    expect.soft(await inspect(page), name).toEqual([]);
  }
}

/** A page by its address, once its heading is there. */
export const at = (address: string, heading: string | RegExp): Stop => ({
  name: address,
  go: async (page) => {
    await page.goto(address);
    await expectPage(page, heading);
  },
});
