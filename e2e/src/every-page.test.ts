import type { Page } from "playwright-core";
import { expect } from "vitest";
import { inspect } from "./browser/inspect.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { expectVerdict } from "./gate/scan.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { activateTickets, payBy, putInBasket, reserve } from "./shop/buy.ts";
import { test } from "./test.ts";

/** Every kind of page works for everybody: axe finds nothing, and nothing is wider than a phone. */
type Stop = { readonly name: string; readonly go: (page: Page) => Promise<void> };

async function expectAllGood(page: Page, stops: readonly Stop[]): Promise<void> {
  for (const { name, go } of stops) {
    await go(page);
    expect.soft(await inspect(page), name).toEqual([]);
  }
}

/** A page by its address, once its heading is there. */
const at = (address: string, heading: string | RegExp): Stop => ({
  name: address,
  go: async (page) => {
    await page.goto(address);
    await expectPage(page, heading);
  },
});

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
      name: "registering",
      go: async (page) => {
        await page.getByRole("button", { name: /^No account yet/ }).click();
        await expectPage(page, "Create an account");
        await page.getByRole("button", { name: "Create my account" }).click();
        await expectShown(page.getByText("This answer is needed.").first());
      },
    },
    at("/nowhere", "This page does not exist"),
  ]);
});

test("of the shop, from the basket to the gate", async ({ openPage, run }) => {
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
    at("/demo/codes", "Demo accounts"),
  ]);
});

test("of the dashboard", async ({ openPage, run }) => {
  const sign = await openPage();
  await expectAllGood(sign, [at("/admin", "Sign in")]);
  const page = await openPage({ person: run.admin });
  await expectAllGood(page, [
    at("/admin", "Overview"),
    at("/admin/offers", "Offers"),
    {
      name: "an offer, from an address that somebody has typed wrong",
      go: async () => {
        await page.goto("/admin/offers?page=-5&state=banana");
        await expectPage(page, "Offers");
        await page
          .getByRole("link", { name: /^Edit / })
          .first()
          .click();
        await expectShown(page.getByRole("textbox", { name: "Price of the offer" }));
      },
    },
    at("/admin/offers/new", "New offer"),
    at("/admin/sales", "Sales"),
    at("/admin/sales?by=sessions", "Sales"),
  ]);
});

test("of the scanner", async ({ openPage, run, camera }) => {
  const page = await openPage({ browser: camera.browser, person: run.supervisor });
  await expectAllGood(page, [
    at("/scanner", "Which session?"),
    {
      name: "the gates",
      go: async () => {
        await page.getByRole("searchbox", { name: "Find a session" }).fill("BOX01");
        await page.getByRole("link", { name: "BOX01" }).click();
        await expectPage(page, "Which gate?");
      },
    },
    {
      name: "the camera",
      go: async () => {
        await page.getByRole("link", { name: "Gate D" }).click();
        await expectShown(page.getByText("Hold up the ticket’s code"));
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
