import type { Page } from "playwright-core";
import { expectPage, expectShown, expectText } from "../expectations.ts";

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

/** A tablet at a gate, with the newest list; in English. */
export async function openGate(page: Page, sessionCode: string, gate: string): Promise<void> {
  await page.goto("/scanner");
  await page.getByRole("searchbox", { name: "Find a session" }).fill(sessionCode);
  await page.getByRole("link", { name: sessionCode }).click();
  await page.getByRole("link", { name: gate }).click();
  await expectPage(page, `${gate} · ${sessionCode}`);
}

/** Gives a tablet a code without its camera. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByRole("button", { name: "Type a code" }).click();
  await page.getByRole("textbox", { name: "Ticket code" }).fill(code);
  await page.getByRole("button", { name: "Check this code" }).click();
}
