import type { Page } from "playwright-core";
import { expectPage } from "../expectations.ts";

/** By the menu of the header. */
export async function signOut(page: Page): Promise<void> {
  const header = page.getByRole("banner");
  await header.getByRole("button", { name: "My account" }).click();
  await header.getByRole("button", { name: "Sign out" }).click();
  await expectPage(page, "Sign in");
}
