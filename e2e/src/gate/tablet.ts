import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectPage, expectShown, plain } from "../expectations.ts";
import { newEmployee } from "../people/new-employee.ts";
import type { Office } from "../provided.ts";
import { inviteTablet, type TabletWish } from "./invite-tablet.ts";

/** Not one that is easily guessed. */
export const pin = "274913";

/** Types a PIN on the pad. */
export async function typePin(page: Page, digits = pin): Promise<void> {
  for (const digit of digits) await page.getByRole("button", { name: digit, exact: true }).click();
}

type Wish = TabletWish & {
  readonly role?: "staff" | "supervisor";
  readonly displayName?: string;
};

/** Makes a page a tablet: enrolled by an admin, with somebody at work on it, before they open a gate. */
export async function setUpTablet(
  page: Page,
  run: Office,
  { role = "staff", displayName = "Ines Roux", ...wish }: Wish,
): Promise<Awaited<ReturnType<typeof inviteTablet>>> {
  const [invited, person] = await Promise.all([inviteTablet(run, wish), newEmployee(run, { role, displayName })]);
  await skipHelp(page);
  await page.goto("/scanner");
  await page.getByRole("textbox", { name: /^(Tablet code|Code de la tablette)$/ }).fill(invited.code);
  await page.getByRole("button", { name: /^(Enrol the tablet|Enregistrer la tablette)$/ }).click();
  const shown = page.getByLabel(/^(Comparison code|Code de comparaison)$/);
  await expectShown(shown);
  expect(plain(await shown.innerText()).replaceAll(/\s/g, "")).toBe(await invited.comparison());
  await invited.confirm();
  await expectPage(page, /^(Sign in|Connexion)$/);
  await beginShift(page, person.cookies);
  await expectPage(page, invited.name);
  return invited;
}

type Cookies = Parameters<ReturnType<Page["context"]>["addCookies"]>[0];

/** Somebody who is signed in chooses a PIN, and is at work. */
export async function beginShift(page: Page, cookies: readonly Cookies[number][]): Promise<void> {
  await page.context().addCookies([...cookies]);
  await page.reload();
  await expectPage(page, /^(Choose a PIN|Choisissez un code PIN)$/);
  await typePin(page);
  await expectPage(page, /^(The same once more|Le même, encore une fois)$/);
  await typePin(page);
}

/** Who has worked at a gate before knows how. */
async function skipHelp(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem("tessera.scanner.help", "seen"));
}
