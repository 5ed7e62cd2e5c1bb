import { expect } from "vitest";
import { at, expectAllGood } from "./browser/stops.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { expectVerdict, openGate } from "./gate/scan.ts";
import { setUpTablet, typePin } from "./gate/tablet.ts";
import { handOf } from "./people/hand.ts";
import { mailedCode } from "./people/mailbox.ts";
import { enrolTotp, keepRecoveryCodes, newcomer } from "./people/register-form.ts";
import { givePassword } from "./people/sign-in-form.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { signOut } from "./people/sign-out.ts";
import { activateTickets, payBy, putInBasket, reserve } from "./shop/buy.ts";
import { test } from "./test.ts";

// Every kind of page works for everybody: axe finds nothing, and nothing is wider than a phone.

test("of the shop, for strangers", async ({ openPage }) => {
  await expectAllGood(await openPage(), [
    {
      ...at("/", "Programme"),
      go: async (page) => {
        await page.goto("/");
        await expectShown(page.getByRole("link", { name: "Ceremony" }));
      },
    },
    at("/?q=nothing-like-this", "Programme"),
    {
      name: "a competition session",
      go: async (page) => {
        await page.goto("/sessions/ATH05");
        await expectShown(page.getByRole("button", { name: "One more: Duo, category A" }));
      },
    },
    at("/basket", "Basket"),
    at("/account", "Sign in"),
    {
      name: "a wrong form",
      go: async (page) => {
        await page.getByRole("button", { name: /^No account yet/ }).click();
        await expectPage(page, "Create an account");
        await page.getByRole("button", { name: "Send me a code" }).click();
        await expectShown(page.getByText("This answer is needed.").first());
      },
    },
    at("/forgotten-password", "Forgotten password"),
    at("/link/password_reset#nothing", "This link no longer works"),
    at("/nowhere", "This page does not exist"),
  ]);
});

test("of registering, with everything that can be chosen", async ({ openPage, run }) => {
  const page = await openPage();
  const person = newcomer();
  const hand = handOf(page);
  await expectAllGood(page, [
    {
      name: "the code",
      go: async () => {
        await page.goto("/register");
        await hand.fill("E-mail address", person.email);
        await hand.press("Send me a code");
        await expectPage(page, "Read your mail");
      },
    },
    {
      name: "the passkey",
      go: async () => {
        await hand.fill("Code in the mail", await mailedCode(run.origin, person.email));
        await expectPage(page, "Almost there");
      },
    },
    {
      name: "the password",
      go: async () => {
        await hand.press(/^Use a password/);
        await hand.fill("Choose a password", "azertyuiop123");
        await expectShown(page.getByText("Too easy: the keys are neighbours.").first());
      },
    },
    {
      name: "the app",
      go: async () => {
        await hand.fill("Name on your tickets", "Ada Lovelace");
        await hand.fill("Choose a password", person.password);
        await hand.press("Create my account");
        await expectPage(page, "Your authenticator app");
      },
    },
    { name: "the choice", go: () => hand.press("Use a passkey instead") },
    {
      name: "the recovery codes",
      go: async () => {
        await hand.press("Use an authenticator app");
        await enrolTotp(page, hand);
        await expectPage(page, "Keep these 10 codes");
      },
    },
    {
      name: "the second factor",
      go: async () => {
        await keepRecoveryCodes(page, hand);
        await expectPage(page, "My account");
        await signOut(page);
        await givePassword(page, person);
      },
    },
    {
      name: "a recovery code",
      go: async () => {
        await hand.press("Use a recovery code");
        await expectShown(page.getByRole("textbox", { name: "Recovery code" }));
      },
    },
    {
      name: "everything lost",
      go: async () => {
        await hand.press("I have lost everything");
        await expectPage(page, "Everything is lost?");
      },
    },
  ]);
});

test("of the shop, from the basket to the gate", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .* 409 .*deleteAccount/);
  const page = await openPage({ person: await registerVisitor(run.origin) });
  await expectAllGood(page, [
    { name: "a full basket", go: () => putInBasket(page, "SKB01", [{ offer: "Duo", category: "A" }]) },
    { name: "a held order", go: () => reserve(page) },
    {
      name: "the demo payment",
      go: async () => {
        await page.getByRole("button", { name: /^Pay / }).click();
        await expectPage(page, "Demo payment");
      },
    },
    {
      name: "a refused payment",
      go: async () => {
        await page.getByRole("button", { name: "Have the card refused" }).click();
        await expectPage(page, "The payment was refused");
      },
    },
    {
      name: "a paid order",
      go: async () => {
        await payBy(page, "Try the payment again", "Pay");
        await expectPage(page, "You have paid.");
      },
    },
    { name: "a ticket with its code", go: () => activateTickets(page) },
    at("/tickets", "My tickets"),
    at("/orders", "My orders"),
    at("/account", "My account"),
    {
      name: "changing one’s password",
      go: async () => {
        await page.getByRole("button", { name: "Change the password" }).click();
        await page.getByRole("textbox", { name: "New password" }).fill("granite");
      },
    },
    {
      name: "deleting one’s account while there are tickets",
      go: async () => {
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Delete my account" }).click();
        await page.getByRole("checkbox", { name: "I want to delete my account for ever" }).check();
        await page.getByRole("dialog").getByRole("button", { name: "Delete my account" }).click();
        await expectShown(page.getByRole("checkbox", { name: "I give up my tickets" }));
      },
    },
    at("/account/deleted", "Your account is deleted"),
    {
      ...at("/demo/codes", "Demo accounts"),
      go: async () => {
        // It loads itself anew for the next codes, and not while it is looked at.
        await page.route("**/demo/codes", async (route) => {
          const response = await route.fetch();
          const { refresh, ...headers } = response.headers();
          expect(Number(refresh)).toBeGreaterThan(0);
          return route.fulfill({ response, headers });
        });
        await page.goto("/demo/codes");
        await expectPage(page, "Demo accounts");
      },
    },
  ]);
});

test("of the scanner", async ({ openPage, run, camera }) => {
  const page = await openPage({ browser: camera.browser });
  const { name } = await setUpTablet(page, run, { sessions: ["BOX01"], gate: "D" });
  await expectAllGood(page, [
    {
      name: "the lock",
      go: async () => {
        await page.goto("/scanner");
        await expectPage(page, "Tablet locked");
      },
    },
    {
      name: "the start",
      go: async () => {
        await typePin(page);
        await expectPage(page, name);
      },
    },
    {
      name: "the camera",
      go: async () => {
        await openGate(page, "BOX01", "Gate D");
        await expectShown(page.getByText("Show the code of the ticket"));
      },
    },
    {
      name: "a verdict",
      go: async () => {
        await page.getByRole("button", { name: "Type a code" }).click();
        await page.getByRole("textbox", { name: "Ticket code" }).fill("  ");
        await page.getByRole("button", { name: "Check this code" }).click();
        await expectShown(page.getByText("Type or paste the code first."));
        await page.getByRole("textbox", { name: "Ticket code" }).fill("TSR1:NO TICKET");
        await page.getByRole("button", { name: "Check this code" }).click();
        await expectVerdict(page, "Refused");
      },
    },
  ]);
});
