import type { Page } from "playwright-core";
import { expectPage } from "../expectations.ts";
import { nextCode } from "./authenticator.ts";
import type { Person } from "./person.ts";

/** The first factor, typed into the form on the screen. */
export async function givePassword(page: Page, { email, password }: Pick<Person, "email" | "password">): Promise<void> {
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectPage(page, "Second factor");
}

export async function giveCode(page: Page, digits: string): Promise<void> {
  await page.getByRole("textbox", { name: "6-digit code" }).fill(digits);
  await page.getByRole("button", { name: "Verify" }).click();
}

/** Both factors, with the next code that the person's app shows. */
export async function signInByForm(page: Page, person: Person): Promise<void> {
  await givePassword(page, person);
  await giveCode(page, await nextCode(person));
}
