import { describe, expect } from "vitest";
import { expectGone, expectPage, expectShown } from "./expectations.ts";
import { openApiSession } from "./people/api-session.ts";
import { codeNow, nextCode } from "./people/authenticator.ts";
import { handOf } from "./people/hand.ts";
import { mailedLink } from "./people/mailbox.ts";
import { enrolTotp, keepRecoveryCodes, registerByPassword } from "./people/register-form.ts";
import { giveCode, givePassword } from "./people/sign-in-form.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { signOut } from "./people/sign-out.ts";
import { refuseOnce } from "./people/step-up.ts";
import { reserveByApi } from "./shop/buy-by-api.ts";
import { test } from "./test.ts";

test("a wrong code and a used one are refused in words, and there is a way on", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*verifyTotp/);
  const person = await registerVisitor(run.origin);
  const page = await openPage({ size: "phone" });
  await page.goto("/account");
  await givePassword(page, person);

  await giveCode(page, await wrongCode(person.totpSecret));
  await expectShown(page.getByText(/^This code is not the right one\. .* set your phone’s clock to automatic\.$/));
  await giveCode(page, person.usedCode.digits);
  await expectShown(page.getByText("This code has been used. Wait for the next one, 30 seconds at most."));

  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByRole("textbox", { name: "Recovery code" }).fill(person.recoveryCodes[3] ?? "");
  await page.getByRole("button", { name: "Use this code" }).click();
  await expectPage(page, "My account");
  await expectShown(page.getByRole("main").getByText(person.email).first());
});

test("a phone whose clock is fast is told by how much, and goes on once it is set", async ({
  openPage,
  run,
  problems,
}) => {
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*confirmTotpEnrolment/);
  const page = await openPage({ size: "phone" });
  const hand = await registerByPassword(page, run.origin);
  await enrolTotp(page, hand, 180);
  await expectShown(page.getByText(/^Your phone’s clock is about 3 minutes fast\. Set it to automatic/));
  await enrolTotp(page, hand);
  await keepRecoveryCodes(page, hand);
  await expectPage(page, "My account");
});

test("who has lost everything asks for 72 hours, and who gets the mail can stop it", async ({ openPage, run }) => {
  const person = await registerVisitor(run.origin);
  const page = await openPage({ size: "phone" });
  const hand = handOf(page);
  await page.goto("/account");
  await givePassword(page, person);
  await hand.press("I have lost everything");
  await expectPage(page, "Everything is lost?");
  await hand.press("Have my second factors cleared");
  await expectPage(page, "Reset asked for");
  await page.reload();
  await expectPage(page, "Second factor");
  await page.getByText("You asked on").waitFor();

  await page.goto(await mailedLink(run.origin, person.email, "factor_reset_cancel"));
  await expectPage(page, "Stop the request");
  await page.reload();
  await hand.press("Stop the request");
  await expectPage(page, "The request is stopped");
});

describe("signing out closes what was open", () => {
  test("here", async ({ openPage, run }) => {
    const page = await openPage({ person: await registerVisitor(run.origin) });
    await page.goto("/orders");
    await expectPage(page, "My orders");
    await signOut(page);
    await page.reload();
    await expectPage(page, "Sign in");
  });

  test("in another tab", async ({ openPage, run }) => {
    const page = await openPage({ person: await registerVisitor(run.origin) });
    await page.goto("/orders");
    await expectPage(page, "My orders");
    const other = await page.context().newPage();
    await other.goto("/account");
    await signOut(other);
    await expectPage(page, "Sign in");
  });

  test("elsewhere, at the next thing that is asked of the server", async ({ openPage, run }) => {
    const person = await registerVisitor(run.origin);
    const page = await openPage({ person });
    await page.goto("/orders");
    await expectPage(page, "My orders");
    await openApiSession(run.origin, "shop", person.cookies).client.auth.accounts.signOut.mutate();
    await page.getByRole("link", { name: "My tickets" }).first().click();
    await expectPage(page, "Sign in");
    await page.getByText("Your session has ended").waitFor();
    expect(await page.getByRole("textbox", { name: "E-mail address" }).inputValue()).toBe(person.email);
  });
});

describe("what costs something is confirmed", () => {
  test("with a new code, and then goes on by itself", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .* 403 .*startPayment/);
    const person = await registerVisitor(run.origin);
    const orderId = await reserveByApi(run.origin, person, [
      { session: "BDM02", kind: "solo", category: "B", count: 1 },
    ]);
    const page = await openPage({ size: "phone", person });
    await page.goto(`/orders/${orderId}`);
    await refuseOnce(page, "tickets.sales.startPayment");
    await page.getByRole("button", { name: /^Pay / }).click();
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await dialog.getByRole("textbox", { name: "6-digit code" }).fill((await nextCode(person)).digits);
    await expectPage(page, "Demo payment");
  });

  test("or is not done, and nothing has happened", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .* 403 .*startPayment/);
    const person = await registerVisitor(run.origin);
    const orderId = await reserveByApi(run.origin, person, [
      { session: "BDM02", kind: "solo", category: "B", count: 1 },
    ]);
    const page = await openPage({ size: "phone", person });
    await page.goto(`/orders/${orderId}`);
    await refuseOnce(page, "tickets.sales.startPayment");
    await page.getByRole("button", { name: /^Pay / }).click();
    await page.getByRole("dialog", { name: "Is it you?" }).getByRole("button", { name: "Close" }).click();
    await expectGone(page.getByRole("dialog", { name: "Is it you?" }));
    await expectPage(page, "Your seats are kept");
    await page.getByRole("button", { name: /^Pay / }).click();
    await expectPage(page, "Demo payment");
  });
});

/** Six digits that are none of the codes that are good around now. */
async function wrongCode(secret: string): Promise<string> {
  const { digits } = await codeNow(secret);
  return digits.replaceAll(/\d/g, (digit) => String((Number(digit) + 5) % 10));
}
