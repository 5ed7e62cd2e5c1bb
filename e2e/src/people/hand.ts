import type { Page } from "playwright-core";

/** What somebody does to a page, counted. */
export type Hand = {
  readonly fill: (field: string, text: string) => Promise<void>;
  readonly press: (button: string | RegExp) => Promise<void>;
  readonly check: (box: string) => Promise<void>;
  readonly effort: () => { readonly fields: number; readonly presses: number };
};

export function handOf(page: Page): Hand {
  let [fields, presses] = [0, 0];
  return {
    fill: async (field, text) => {
      fields++;
      await page.getByRole("textbox", { name: field }).fill(text);
    },
    press: async (button) => {
      presses++;
      await page.getByRole("button", { name: button }).click();
    },
    check: async (box) => {
      presses++;
      await page.getByRole("checkbox", { name: box }).check();
    },
    effort: () => ({ fields, presses }),
  };
}
