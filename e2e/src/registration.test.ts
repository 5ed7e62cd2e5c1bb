import { describe, expect } from "vitest";
import { expectGone, expectPage, expectShown } from "./expectations.ts";
import { handOf } from "./people/hand.ts";
import { awaitMail, mailedCode, mailedLink } from "./people/mailbox.ts";
import { newcomer, registerByTotp } from "./people/register-form.ts";
import { test } from "./test.ts";

describe("a new account on a phone", () => {
  test("with a password and an app takes five fields and five presses", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone" });
    const person = newcomer();
    const hand = await registerByTotp(page, run.origin, person);
    await expectPage(page, "My account");
    await expectShown(page.getByRole("main").getByText(person.email).first());
    expect(hand.effort()).toEqual({ fields: 5, presses: 5 });
  });

  test("goes on in the tab where the mail’s link opens, and the first tab finds it done", async ({ openPage, run }) => {
    const first = await openPage({ size: "phone" });
    const { email, password } = newcomer();
    const hand = handOf(first);
    await first.goto("/register");
    await hand.fill("E-mail address", email);
    await hand.press("Send me a code");
    await expectPage(first, "Read your mail");

    const second = await first.context().newPage();
    await second.goto(await mailedLink(run.origin, email, "registration"));
    await expectPage(second, "Almost there");
    expect(second.url()).toBe(`${run.origin}/link/registration`);
    const other = handOf(second);
    await other.press(/^Use a password/);
    await other.fill("Name on your tickets", "Ada Lovelace");
    await other.fill("Choose a password", password);
    await other.press("Create my account");
    await expectPage(second, "Your authenticator app");

    await expectPage(first, "Protect your account");
    await expectShown(first.getByRole("main").getByText(`Signed in: ${email}`));
  });

  test("says what is wrong with a code, and sends another one", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .* 409 .*checkCode/);
    const page = await openPage({ size: "phone" });
    const { email } = newcomer();
    const hand = handOf(page);
    await page.clock.install();
    await page.goto("/register");
    await hand.fill("E-mail address", email);
    await hand.press("Send me a code");
    const code = await mailedCode(run.origin, email);
    await hand.fill("Code in the mail", code === "000000" ? "000001" : "000000");
    await expectShown(page.getByText(/^This is not the code of the newest mail/));

    await expectGone(page.getByRole("button", { name: "Send another code" }));
    await page.clock.runFor(31_000);
    await hand.press("Send another code");
    await expectShown(page.getByText(/^Another code is on its way/));
    await expect.poll(() => mailedCode(run.origin, email)).not.toBe(code);
    // A phone that has thrown the page away opens it where it was.
    await page.reload();
    await expectPage(page, "Read your mail");
    await hand.fill("Code in the mail", await mailedCode(run.origin, email));
    await expectPage(page, "Almost there");
  });

  test("for an address that has one says nothing here, and everything in the mail", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone" });
    const hand = handOf(page);
    await page.goto("/register");
    await hand.fill("E-mail address", run.visitor.email);
    await hand.press("Send me a code");
    await expectPage(page, "Read your mail");
    await expectShown(page.getByText(run.visitor.email));
    expect(await awaitMail(run.origin, run.visitor.email, /(\S+\/forgotten-password)/)).toContain(run.origin);
  });
});
