import type { Locator, Page } from "playwright-core";
import { expectShown, expectText } from "../expectations.ts";

/** The big answer on the scanner's screen. */
export function verdictOf(page: Page): Locator {
  return page.getByRole("status", { name: "Verdict" });
}

/** The verdict says all of this, at once. */
export async function expectVerdict(page: Page, ...words: readonly (string | RegExp)[]): Promise<void> {
  for (const word of words) await expectText(verdictOf(page), word, 20_000);
}

/** From the list of competition sessions to one's gate, with the camera on; in French. */
export async function goToGate(page: Page, sessionCode: string, gate: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Chercher une épreuve" }).fill(sessionCode);
  await page.getByRole("link", { name: sessionCode }).click();
  await page.getByRole("link", { name: gate }).click();
  await expectShown(page.getByText("Présentez le code du billet"));
}
