import type { Page } from "playwright-core";
import { expectPage, expectText } from "../expectations.ts";

/** The big answer on the scanner's screen says all of this. */
export async function expectVerdict(page: Page, ...words: readonly (string | RegExp)[]): Promise<void> {
  const verdict = page.getByRole("status", { name: "Verdict" });
  for (const word of words) await expectText(verdict, word);
}

/** From the start of a tablet at work to a gate; the tablet's own unless told. */
export async function openGate(page: Page, sessionCode: string, gate: string): Promise<void> {
  await page.getByRole("radio", { name: new RegExp(sessionCode) }).check();
  const others = page.getByRole("radio", { name: new RegExp(gate) });
  if ((await others.count()) > 0) await others.check();
  await page.getByRole("link", { name: /^(Open the gate|Ouvrir la porte)$/ }).click();
  await expectPage(page, `${gate} · ${sessionCode}`);
}

/** Gives a tablet a code without its camera. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByRole("button", { name: "Type a code" }).click();
  await page.getByRole("textbox", { name: "Ticket code" }).fill(code);
  await page.getByRole("button", { name: "Check this code" }).click();
}
