import type { Page } from "playwright-core";
import { expectShown, expectText } from "../expectations.ts";

/** The big answer on the scanner's screen says all of this. */
export async function expectVerdict(page: Page, ...words: readonly (string | RegExp)[]): Promise<void> {
  const verdict = page.getByRole("status", { name: "Verdict" });
  for (const word of words) await expectText(verdict, word);
}

/** From the list of competition sessions to one's gate, with the camera on; in French. */
export async function goToGate(page: Page, sessionCode: string, gate: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Chercher une épreuve" }).fill(sessionCode);
  await page.getByRole("link", { name: sessionCode }).click();
  await page.getByRole("link", { name: gate }).click();
  await expectShown(page.getByText("Présentez le code du billet"));
}
