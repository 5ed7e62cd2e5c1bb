import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectGone, expectPage, expectShown, expectText } from "./expectations.ts";
import { codeNow } from "./people/authenticator.ts";
import { mailedLink } from "./people/mailbox.ts";
import { givePassword } from "./people/sign-in-form.ts";
import { test } from "./test.ts";

type NewEmployee = { readonly email: string; readonly name: string; readonly password: string };

function newEmployee(name: string): NewEmployee {
  return {
    email: `${name.toLowerCase().replace(" ", "-")}-${randomUUID()}@example.org`,
    name,
    password: `harbour bicycle ${randomUUID()}`,
  };
}

test("people are invited, work, lose their second factor, get another by two admins, and are shut out at once", async ({
  openPage,
  run,
  problems,
}) => {
  problems.expectProblem(/Failed to load resource: .* 409 .*approveFactorReset/);
  const [sam, nadia] = [newEmployee("Sam Okoro"), newEmployee("Nadia Haddad")];
  const admin = await openPage({ person: run.otherAdmin });
  await admin.goto("/admin/staff");
  await expectPage(admin, "Staff");
  await invite(admin, sam, "Staff");
  await invite(admin, nadia, "Administrator");

  const tablet = await openPage({ size: "tablet" });
  await accept(tablet, run.origin, sam);
  await expectShown(tablet.getByRole("main").getByText(`Signed in: ${sam.email}`));
  await tablet.goto("/scanner");
  await expectPage(tablet, "Your account is ready");
  const other = await openPage();
  await accept(other, run.origin, nadia);
  await other.goto("/admin/staff");
  await expectPage(other, "Staff");

  await admin.reload();
  await expectGone(admin.getByRole("button", { name: `Revoke the invitation of ${sam.email}` }));
  await act(admin, sam, "Second factor lost", "Request the reset");
  await expectText(rowOf(admin, sam), "Another administrator must approve.");
  expect(await actionsOn(admin, sam)).not.toContain("Approve the reset");
  await other.reload();
  await expectText(rowOf(other, sam), /Reset requested By Alex Moreau, until/);
  // Whoever was invited a moment ago is no second admin yet.
  const question = await ask(other, sam, "Approve the reset");
  await question.getByRole("button", { name: "Approve", exact: true }).click();
  await expectText(
    question.getByRole("alert"),
    /New administrators take part in a reset after 48 hours\. You can from/,
  );
  const second = await openPage({ person: run.admin });
  await second.goto("/admin/staff");
  await act(second, sam, "Approve the reset", "Approve");
  await expectText(rowOf(second, sam), "No second factor");

  await tablet.goto(await mailedLink(run.origin, sam.email, "password_reset"));
  const again = { ...sam, password: `harbour bicycle ${randomUUID()}` };
  await tablet.getByRole("textbox", { name: "Choose a password" }).fill(again.password);
  await tablet.getByRole("button", { name: "Change the password" }).click();
  await expectPage(tablet, "Your password is changed");
  await tablet.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await tablet.getByRole("button", { name: "I was invited: sign in to my account" }).click();
  await givePassword(tablet, again, "Protect your account");
  await enrolApp(tablet);
  await expectPage(tablet, "Your account is ready");

  await act(admin, sam, "Suspend", "Suspend this account");
  await expectText(rowOf(admin, sam), "Suspended");
  await tablet.reload();
  await expectPage(tablet, "Enrol this tablet");
  await other.reload();
  await expectGone(other.getByRole("button", { name: `Actions for ${nadia.name}` }));

  await admin.getByRole("link", { name: "Journal" }).click();
  await expectPage(admin, "Journal");
  const newest = admin.getByRole("list", { name: "Journal" }).getByRole("listitem").first();
  await expectText(newest, new RegExp(`Staff account suspended By Alex Moreau About ${sam.name}`));
  await expectText(newest, /No\. \d+/);
  await newest.getByRole("button", { name: `See what is about ${sam.name}` }).click();
  await admin.getByRole("combobox", { name: "Act" }).fill("approved");
  await admin.getByRole("option", { name: "Reset of a second factor approved" }).click();
  await expectShown(admin.getByText("1 act shown"));
  await expectText(newest, `By ${run.admin.displayName}`);
});

test("an invitation is revoked, and its link opens nothing", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*invitations/);
  const lee = newEmployee("Lee Park");
  const admin = await openPage({ size: "phone", person: run.otherAdmin });
  await admin.goto("/admin/staff");
  await invite(admin, lee, "Supervisor");
  const link = await mailedLink(run.origin, lee.email, "invitation");
  await admin.getByRole("button", { name: `Revoke the invitation of ${lee.email}` }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Revoke the invitation" }).click();
  await expectShown(admin.getByText(`The invitation of ${lee.email} is revoked.`));
  await expectGone(admin.getByRole("button", { name: `Revoke the invitation of ${lee.email}` }));
  const late = await openPage();
  await late.goto(link);
  await expectPage(late, "This link no longer works");
});

async function invite(page: Page, { email }: NewEmployee, role: string): Promise<void> {
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await dialog.getByRole("radio", { name: role }).check();
  await dialog.getByText("English", { exact: true }).click();
  await dialog.getByRole("button", { name: "Send the invitation" }).click();
  await expectGone(dialog);
  await expectShown(page.getByRole("button", { name: `Revoke the invitation of ${email}` }));
}

/** Opens the mail's link, makes the account and its second factor. */
async function accept(page: Page, origin: string, { email, name, password }: NewEmployee): Promise<void> {
  await page.goto(await mailedLink(origin, email, "invitation"));
  await expectPage(page, "Welcome to the team");
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("textbox", { name: "Choose a password" }).fill(password);
  await page.getByRole("button", { name: "Create my account" }).click();
  await expectPage(page, "Protect your account");
  await enrolApp(page);
  await expectPage(page, "Done");
}

async function enrolApp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Use an authenticator app" }).click();
  const secret = await page.getByLabel("Key to copy").innerText();
  await page.getByRole("textbox", { name: "6-digit code" }).fill((await codeNow(secret)).digits);
  await expectPage(page, "Keep these 10 codes");
  await page.getByRole("checkbox", { name: "I have kept them in a safe place" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
}

function rowOf(page: Page, { email }: NewEmployee): Locator {
  return page.getByRole("table", { name: "Staff" }).getByRole("row").filter({ hasText: email });
}

async function openActions(page: Page, { name }: NewEmployee): Promise<Locator> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  const items = page.getByRole("menuitem");
  await expectShown(items.first());
  return items;
}

async function actionsOn(page: Page, employee: NewEmployee): Promise<string[]> {
  const names = await (await openActions(page, employee)).allInnerTexts();
  await page.keyboard.press("Escape");
  await expectGone(page.getByRole("menuitem").first());
  return names;
}

async function ask(page: Page, employee: NewEmployee, action: string): Promise<Locator> {
  await (await openActions(page, employee)).filter({ hasText: action }).first().click();
  return page.getByRole("dialog");
}

async function act(page: Page, employee: NewEmployee, action: string, confirm: string): Promise<void> {
  const dialog = await ask(page, employee, action);
  await dialog.getByRole("button", { name: confirm, exact: true }).click();
  await expectGone(dialog);
}
