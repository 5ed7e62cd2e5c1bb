import type { Page } from "playwright-core";
import { expectPage, expectShown } from "../expectations.ts";
import { liveCode } from "./live-code.ts";

/** So many of an offer, as it is called in English. */
export type Wish = { readonly offer: "Solo" | "Duo" | "Family"; readonly category: string; readonly count?: number };

/** From a competition session's page to the basket. */
export async function putInBasket(page: Page, sessionCode: string, wishes: readonly Wish[]): Promise<void> {
  await page.goto(`/sessions/${sessionCode}`);
  for (const { offer, category, count = 1 } of wishes) {
    const more = page.getByRole("button", { name: `One more: ${offer}, category ${category}` });
    for (let times = 0; times < count; times++) await more.click();
  }
  await page.getByRole("button", { name: /^Add \d+ tickets? to basket$/ }).click();
  await page.getByRole("link", { name: "See basket" }).click();
  await expectPage(page, "Basket");
}

/** From the basket to an order whose seats are kept. */
export async function reserve(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Reserve" }).click();
  await expectPage(page, "Your seats are kept");
}

export type DemoPayment =
  | "Pay"
  | "Have the card refused"
  | "Walk away"
  | "Pay too late"
  | "Pay, confirmed twice"
  | "Pay, never confirmed";

/** From an order to the demo provider's page, and what is chosen there. */
export async function payBy(page: Page, button: string | RegExp, choice: DemoPayment): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await expectPage(page, "Demo payment");
  await page.getByRole("button", { name: choice, exact: true }).click();
}

/** Buys one thing from the programme to the tickets. */
export async function buy(page: Page, sessionCode: string, wishes: readonly Wish[]): Promise<void> {
  await putInBasket(page, sessionCode, wishes);
  await reserve(page);
  await payBy(page, /^Pay /, "Pay");
  await expectPage(page, "You have paid.");
}

/** Opens the tickets of the order on the screen and ties them to this device: the first one's code is shown. */
export async function activateTickets(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^See my (\d+ )?tickets?$/ }).click();
  await page.getByRole("link", { name: /^Open the (\d+ )?tickets?$/ }).click();
  await page.getByRole("button", { name: /^Activate (this ticket|the \d+ tickets of the order)$/ }).click();
  await expectShown(liveCode(page));
}
