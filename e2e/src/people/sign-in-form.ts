import type { Page } from "playwright-core";
import { expectPage } from "../expectations.ts";
import { nextCode } from "./authenticator.ts";
import type { Person } from "./person.ts";

/** The first factor, typed into the form on the screen; then comes the page of the second one. */
export async function givePassword(
  page: Page,
  { email, password }: Pick<Person, "email" | "password">,
  next = "Second factor",
): Promise<void> {
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expectPage(page, next);
}

/** The sixth digit sends it. */
export async function giveCode(page: Page, digits: string): Promise<void> {
  await page.getByRole("textbox", { name: "6-digit code" }).fill(digits);
}

/** Both factors, with the next code that the person's app shows. */
export async function signInByForm(page: Page, person: Person): Promise<void> {
  await givePassword(page, person);
  await giveCode(page, (await nextCode(person)).digits);
}
