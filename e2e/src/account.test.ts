import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { addPasskeyDevice } from "./browser/passkey-device.ts";
import { expectGone, expectPage, expectShown, expectText } from "./expectations.ts";
import { signInElsewhere } from "./people/another-device.ts";
import { codeNow, nextCode } from "./people/authenticator.ts";
import { mailedLink } from "./people/mailbox.ts";
import { giveCode, givePassword } from "./people/sign-in-form.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { test } from "./test.ts";

const dialogOf = (page: Page): Locator => page.getByRole("dialog");

async function openAccount(page: Page): Promise<void> {
  await page.goto("/account");
  await expectPage(page, "My account");
  await expectShown(page.getByRole("button", { name: "Change the password" }));
}

test("a session is ended from another device, and is dead there", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .* 401 /);
  const person = await registerVisitor(run.origin);
  const there = await openPage({ size: "phone", person: await signInElsewhere(run.origin, person, 0) });
  await there.goto("/tickets");
  await expectPage(there, "My tickets");

  const here = await openPage({ person });
  await openAccount(here);
  const sessions = here.getByRole("list", { name: "Open sessions" }).getByRole("listitem");
  await expectText(sessions.first(), "This session");
  await here.getByRole("button", { name: /^End the session Unknown browser/ }).click();
  await expectShown(here.getByRole("status").filter({ hasText: /^The session Unknown browser has ended\.$/ }));
  await expectShown(here.getByText("Your account is open nowhere else."));

  await there.getByRole("button", { name: "My account" }).click();
  await there.getByRole("link", { name: "My orders" }).click();
  await expectPage(there, "Sign in");
});

test("all other sessions end at once, and a new password ends those that came since", async ({
  openPage,
  run,
  problems,
}) => {
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*passwords\.change/);
  const person = await registerVisitor(run.origin);
  await signInElsewhere(run.origin, person, 0);
  await signInElsewhere(run.origin, person, 1);
  const page = await openPage({ size: "phone", person });
  await openAccount(page);
  const sessions = page.getByRole("list", { name: "Open sessions" }).getByRole("listitem");
  await expect.poll(() => sessions.count()).toBe(3);
  await page.getByRole("button", { name: "End all others" }).click();
  await expectText(dialogOf(page), "The 2 other sessions will have to sign in again");
  await dialogOf(page).getByRole("button", { name: "End the others" }).click();
  await expectShown(page.getByText("All other sessions have ended."));
  expect(await sessions.count()).toBe(1);

  const elsewhere = await openPage({ person: await signInElsewhere(run.origin, person, 2) });
  const password = `granite lantern ${randomUUID()}`;
  await page.getByRole("button", { name: "Change the password" }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("textbox", { name: "Current password" }).fill("not my password at all");
  await dialog.getByRole("textbox", { name: "New password" }).fill(password);
  await dialog.getByRole("button", { name: "Change the password" }).click();
  await expectShown(dialog.getByText("This is not your current password."));
  await dialog.getByRole("textbox", { name: "Current password" }).fill(person.password);
  await dialog.getByRole("button", { name: "Change the password" }).click();
  await expectGone(dialog);
  await expectShown(page.getByText("Your password is changed."));
  await openAccount(page);

  await elsewhere.goto("/orders");
  await expectPage(elsewhere, "Sign in");
  await givePassword(elsewhere, { email: person.email, password });
});

test("factors are added, named and removed, never the last one, and recovery codes replaced", async ({
  openPage,
  run,
}) => {
  const page = await openPage({ person: await registerVisitor(run.origin) });
  await addPasskeyDevice(page);
  await openAccount(page);
  const dialog = dialogOf(page);
  const only = page.getByText("This is your only second factor: add another one before you remove it.");
  await expectShown(only);
  await expectGone(page.getByRole("button", { name: "Remove the authenticator app" }));

  await page.getByRole("button", { name: "Add a passkey" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("My laptop");
  await dialog.getByRole("button", { name: "Create the passkey" }).click();
  await expectShown(page.getByText("The passkey “My laptop” is in place."));
  await page.getByRole("button", { name: "Rename My laptop" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("The grey laptop");
  await dialog.getByRole("button", { name: "Keep this name" }).click();
  await expectShown(page.getByText("It is now called “The grey laptop”."));

  await page.getByRole("button", { name: "Remove the authenticator app" }).click();
  await dialog.getByRole("button", { name: "Remove the app" }).click();
  await expectShown(page.getByText("The app is removed."), only);
  await expectGone(page.getByRole("button", { name: "Remove The grey laptop" }));

  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  const secret = await dialog.getByLabel("Key to copy").innerText();
  await dialog.getByRole("textbox", { name: "6-digit code" }).fill((await codeNow(secret)).digits);
  await expectShown(page.getByText("The app is in place."));
  await page.getByRole("button", { name: "Remove The grey laptop" }).click();
  await dialog.getByRole("button", { name: "Remove this passkey" }).click();
  await expectShown(page.getByText("The passkey “The grey laptop” is removed."), only);

  await page.getByRole("button", { name: "Replace the recovery codes" }).click();
  await dialog.getByRole("button", { name: "Make 10 new codes" }).click();
  const codes = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect.poll(() => codes.count()).toBe(10);
  // They are not shown again: neither Escape nor a click beside them takes them away.
  await page.keyboard.press("Escape");
  await dialog.getByRole("checkbox", { name: "I have kept them in a safe place" }).check();
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expectShown(page.getByText("Your new codes are in place, the old ones no longer work."));
});

test("a new phone takes the place of the old one, which works no more", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*verifyTotp/);
  const person = await registerVisitor(run.origin);
  const page = await openPage({ size: "phone", person });
  await openAccount(page);
  await page.getByRole("button", { name: "Replace the authenticator app" }).click();
  const secret = await dialogOf(page).getByLabel("Key to copy").innerText();
  const newCode = await codeNow(secret);
  await dialogOf(page).getByRole("textbox", { name: "6-digit code" }).fill(newCode.digits);
  await expectShown(page.getByText("The new app is in place, the old one no longer works."));

  const other = await openPage({ size: "phone" });
  await other.goto("/account");
  await givePassword(other, person);
  await giveCode(other, (await nextCode(person)).digits);
  await expectShown(other.getByText("This code is not the right one."));
  await giveCode(other, (await nextCode({ totpSecret: secret, usedCode: newCode })).digits);
  await expectPage(other, "My account");
});

test("the address changes when both addresses have confirmed, and not before", async ({ openPage, run }) => {
  const person = await registerVisitor(run.origin);
  const newAddress = `new-${randomUUID()}@example.org`;
  const page = await openPage({ size: "phone", person });
  await openAccount(page);
  await page.getByRole("button", { name: "Change the e-mail address" }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("textbox", { name: "New address" }).fill(person.email.toUpperCase());
  await dialog.getByRole("button", { name: "Send both messages" }).click();
  await expectShown(dialog.getByText("This is your address already."));
  await dialog.getByRole("textbox", { name: "New address" }).fill(newAddress);
  await dialog.getByRole("button", { name: "Send both messages" }).click();
  await expectGone(dialog);
  await expectShown(
    page.getByText(`Change to ${newAddress} requested.`),
    page.getByText("Open the link of the message in each of the two mailboxes"),
  );

  // The mailboxes may be open in another browser than the account.
  const mailbox = await openPage();
  await mailbox.goto(await mailedLink(run.origin, newAddress, "email_change"));
  await mailbox.getByRole("button", { name: "Confirm this address" }).click();
  await expectPage(mailbox, "This address is confirmed");
  await openAccount(page);
  await expectShown(page.getByText(`${newAddress} has confirmed.`), page.getByText(person.email, { exact: true }));

  await page.goto(await mailedLink(run.origin, person.email, "email_change"));
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await expectPage(page, "Your address is changed");
  await openAccount(page);
  await expectShown(page.getByRole("main").getByText(newAddress, { exact: true }));
  await expectGone(page.getByText("requested."));
});

test("a change of the address is withdrawn by its owner, and its links open nothing", async ({
  openPage,
  problems,
  run,
}) => {
  const person = await registerVisitor(run.origin);
  const newAddress = `wrong-${randomUUID()}@example.org`;
  const page = await openPage({ size: "phone", person });
  await openAccount(page);
  await page.getByRole("button", { name: "Change the e-mail address" }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole("textbox", { name: "New address" }).fill(newAddress);
  await dialog.getByRole("button", { name: "Send both messages" }).click();
  await expectShown(page.getByText(`Change to ${newAddress} requested.`));
  const link = await mailedLink(run.origin, newAddress, "email_change");
  await page.getByRole("button", { name: "Withdraw the change of address" }).click();
  await expectShown(page.getByText("The change of address is withdrawn."));
  await expectGone(page.getByText(`Change to ${newAddress} requested.`));

  problems.expectProblem(/Failed to load resource: .* 409 .*confirmChange/);
  const mailbox = await openPage();
  await mailbox.goto(link);
  await mailbox.getByRole("button", { name: "Confirm this address" }).click();
  await expectGone(mailbox.getByRole("button", { name: "Confirm this address" }));
  await openAccount(page);
  await expectShown(page.getByText(person.email, { exact: true }));
});

test("the language of mails goes with that of the pages, wherever it is changed", async ({ openPage, run }) => {
  const page = await openPage({ person: await registerVisitor(run.origin) });
  await openAccount(page);
  const saved = (): Promise<unknown> => page.waitForResponse(/setLocale/);
  await Promise.all([saved(), page.getByRole("radiogroup", { name: "Language" }).getByText("Français").click()]);
  await page.reload();
  await expectPage(page, "Mon compte");
  await expectShown(page.getByText("Pour les pages et pour nos e-mails."));
  await expectGone(page.getByText("Nos e-mails vous arrivent en anglais."));

  await Promise.all([saved(), page.getByRole("banner").getByRole("button", { name: "English" }).click()]);
  await page.reload();
  await expectPage(page, "My account");
  await expectShown(page.getByText("For the pages and for our e-mails."));
  await expectGone(page.getByText("Our e-mails come to you in French."));
});

test("data are taken away, tickets given up, and the account is gone", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*deleteAccount/);
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*signIn/);
  const person = await registerVisitor(run.origin);
  await buyByApi(run.origin, person, [{ session: "BDM02", kind: "solo", category: "B", count: 1 }]);
  const page = await openPage({ size: "phone", person });
  await openAccount(page);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("tessera-my-data.json");
  const text = await readFile(await file.path(), "utf8");
  expect(JSON.parse(text)).toBeTypeOf("object");
  expect(text).toContain(person.email);
  expect(text).not.toContain(person.totpSecret);

  await page.getByRole("button", { name: "Delete my account" }).click();
  const dialog = dialogOf(page);
  const submit = dialog.getByRole("button", { name: "Delete my account" });
  expect(await submit.isDisabled()).toBe(true);
  await dialog.getByRole("checkbox", { name: "I want to delete my account for ever" }).check();
  await submit.click();
  await expectShown(dialog.getByRole("alert").filter({ hasText: "You still have 1 ticket" }));
  expect(await submit.isDisabled()).toBe(true);
  await dialog.getByRole("checkbox", { name: "I give up my tickets" }).check();
  await submit.click();
  await expectPage(page, "Your account is deleted");

  await page.goto("/account");
  await expectPage(page, "Sign in");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(person.email);
  await page.getByRole("textbox", { name: "Password" }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expectShown(page.getByRole("alert"));
});
