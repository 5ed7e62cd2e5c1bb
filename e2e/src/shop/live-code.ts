import type { Locator, Page } from "playwright-core";

/** The code of the ticket on the screen, as a gate reads it. */
export const liveCode = (page: Page): Locator => page.getByRole("img", { name: /^Entry code of ticket/ });

/** What that code says now. */
export async function codeAsText(page: Page): Promise<string> {
  const text = page.getByRole("textbox", { name: "Code as text" });
  if (!(await text.isVisible())) await page.getByRole("button", { name: "Show code as text" }).click();
  return text.inputValue();
}
