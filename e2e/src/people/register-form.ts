import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expectPage } from "../expectations.ts";
import { codeNow } from "./authenticator.ts";
import { type Hand, handOf } from "./hand.ts";
import { mailedCode } from "./mailbox.ts";

export type Newcomer = { readonly email: string; readonly password: string };

export function newcomer(): Newcomer {
  return { email: `newcomer-${randomUUID()}@example.org`, password: "three giraffes in the rain" };
}

/** From the shop's door, or from where somebody has come to the first of the three steps, to the last: the address is proven. */
export async function proveAddress(
  page: Page,
  origin: string,
  { email }: Newcomer,
  hand = handOf(page),
): Promise<Hand> {
  if (new URL(page.url()).pathname !== "/register") await page.goto("/register");
  await expectPage(page, "Create an account");
  await hand.fill("E-mail address", email);
  await hand.press("Send me a code");
  await expectPage(page, "Read your mail");
  // The sixth digit sends it.
  await hand.fill("Code in the mail", await mailedCode(origin, email));
  await expectPage(page, "Almost there");
  return hand;
}

/** The last step by a passkey, on a device that holds them. */
export async function registerByPasskey(page: Page, origin: string, person = newcomer()): Promise<Hand> {
  const hand = await proveAddress(page, origin, person);
  await hand.fill("Name on your tickets", "Ada Lovelace");
  await hand.press("Create a passkey");
  await keepRecoveryCodes(page, hand);
  return hand;
}

/** The last step by a password and an authenticator app. */
export async function registerByTotp(page: Page, origin: string, person = newcomer()): Promise<Hand> {
  const hand = await registerByPassword(page, origin, person);
  await enrolTotp(page, hand);
  await keepRecoveryCodes(page, hand);
  return hand;
}

/** The last step by a password; the authenticator app comes next. */
export async function registerByPassword(page: Page, origin: string, person = newcomer()): Promise<Hand> {
  const hand = await proveAddress(page, origin, person);
  await hand.press(/^Use a password/);
  await hand.fill("Name on your tickets", "Ada Lovelace");
  await hand.fill("Choose a password", person.password);
  await hand.press("Create my account");
  return hand;
}

/** Puts the secret into an app, and its first code into the page; its phone's clock may be so many seconds fast. */
export async function enrolTotp(page: Page, hand = handOf(page), fast = 0): Promise<void> {
  await expectPage(page, "Your authenticator app");
  const secret = await page.getByLabel("Key to copy").innerText();
  await hand.fill("6-digit code", (await codeNow(secret, fast)).digits);
}

export async function keepRecoveryCodes(page: Page, hand = handOf(page)): Promise<void> {
  await expectPage(page, "Keep these 10 codes");
  await hand.check("I have kept them in a safe place");
  await hand.press("Continue");
}
