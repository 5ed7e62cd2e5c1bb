import { describe, expect } from "vitest";
import { addPasskeyDevice } from "./browser/passkey-device.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { handOf } from "./people/hand.ts";
import { mailedLink } from "./people/mailbox.ts";
import { enrolTotp, keepRecoveryCodes, newcomer, proveAddress, registerByPasskey } from "./people/register-form.ts";
import { signOut } from "./people/sign-out.ts";
import { refuseOnce } from "./people/step-up.ts";
import { putInBasket, reserve } from "./shop/buy.ts";
import { test } from "./test.ts";

describe("a passkey", () => {
  test("makes an account with three fields and four presses, and opens it alone", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone" });
    await addPasskeyDevice(page);
    const person = newcomer();
    const hand = await registerByPasskey(page, run.origin, person);
    await expectPage(page, "My account");
    expect(hand.effort()).toEqual({ fields: 3, presses: 4 });

    await signOut(page);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expectPage(page, "My account");
    await expectShown(page.getByRole("main").getByText(person.email).first());
  });

  test("is the second factor after a password", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone" });
    await addPasskeyDevice(page);
    const person = newcomer();
    await registerByPasskey(page, run.origin, person);
    await expectPage(page, "My account");
    await signOut(page);

    // Its first password, by mail: the second factor is asked for all the same.
    const hand = handOf(page);
    await hand.press("Forgotten your password?");
    await hand.fill("E-mail address", person.email);
    await hand.press("Send me the link");
    await page.goto(await mailedLink(run.origin, person.email, "password_reset"));
    await hand.fill("Choose a password", person.password);
    await hand.press("Change the password");
    await expectPage(page, "Your password is changed");
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await hand.fill("E-mail address", person.email);
    await hand.fill("Password", person.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expectPage(page, "Second factor");
    await hand.press("Use my passkey");
    await expectPage(page, "My account");
  });

  test("confirms a payment where the server wants to be sure", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .* 403 .*startPayment/);
    const page = await openPage({ size: "phone" });
    await addPasskeyDevice(page);
    await registerByPasskey(page, run.origin);
    await expectPage(page, "My account");
    await putInBasket(page, "BDM02", [{ offer: "Solo", category: "B" }]);
    await reserve(page);
    await refuseOnce(page, "tickets.sales.startPayment");
    await page.getByRole("button", { name: /^Pay / }).click();
    await page.getByRole("dialog", { name: "Is it you?" }).getByRole("button", { name: "Use my passkey" }).click();
    await expectPage(page, "Demo payment");
  });

  test("that is not made leaves the choice: try again, or a password and an app", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone" });
    const device = await addPasskeyDevice(page, { willing: false });
    const person = newcomer();
    const hand = await proveAddress(page, run.origin, person);
    await hand.fill("Name on your tickets", "Ada Lovelace");
    await hand.press("Create a passkey");
    await expectPage(page, "Protect your account");
    await expectShown(page.getByRole("alert").filter({ hasText: "Nothing was confirmed on the device." }));

    await hand.press("Use an authenticator app");
    await hand.fill("Choose a password", person.password);
    await hand.press("Continue");
    await expectPage(page, "Your authenticator app");
    await hand.press("Use a passkey instead");
    await device.setWilling(true);
    await hand.press("Create a passkey");
    await keepRecoveryCodes(page);
    await expectPage(page, "My account");
  });

  test("is not offered where the browser has none", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone" });
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "PublicKeyCredential"));
    const person = newcomer();
    const hand = await proveAddress(page, run.origin, person);
    await hand.fill("Name on your tickets", "Ada Lovelace");
    await hand.fill("Choose a password", person.password);
    await hand.press("Create my account");
    await enrolTotp(page, hand);
    await keepRecoveryCodes(page, hand);
    await expectPage(page, "My account");
  });
});
