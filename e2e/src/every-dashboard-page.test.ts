import { at, expectAllGood } from "./browser/stops.ts";
import { expectPage, expectShown, expectText } from "./expectations.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { test } from "./test.ts";

// Every kind of page works for everybody: axe finds nothing, and nothing is wider than a phone.

test("every page of the dashboard", async ({ openPage, run }) => {
  const buyer = await registerVisitor(run.origin, "Zora Every");
  await buyByApi(run.origin, buyer, [{ session: "BDM01", kind: "duo", category: "A", count: 1 }]);
  await buyByApi(run.origin, buyer, [{ session: "LAX01", kind: "solo", category: "A", count: 1 }]);
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
    {
      ...at("/admin/sales/settings", "Sales settings"),
      go: async () => {
        await page.goto("/admin/sales/settings");
        await page.getByRole("textbox", { name: "For a ceremony" }).fill("0");
        await page.getByRole("button", { name: "Save" }).click();
        await expectShown(page.getByText("At least 1."));
      },
    },
    {
      ...at("/admin/orders", "Orders"),
      go: async () => {
        await page.goto("/admin/orders");
        await expectShown(page.getByRole("link", { name: /^Open the order / }).first());
      },
    },
    {
      name: "an order, and paying it back",
      go: async () => {
        await page.goto("/admin/orders?search=Zora%20Every");
        await page
          .getByRole("link", { name: /^Open the order / })
          .last()
          .click();
        await page.getByRole("checkbox", { name: "All 2 tickets that can be refunded" }).check();
        await page.getByRole("button", { name: "Refund 2 tickets" }).click();
        await expectShown(page.getByRole("textbox", { name: "Why?" }));
      },
    },
    at("/admin/orders?search=nobody-like-this", "Orders"),
    {
      name: "another capacity",
      go: async () => {
        await page.goto("/admin/capacity?search=BDM01");
        await page.getByRole("button", { name: "Change the capacity of BDM01, category A" }).click();
        await page.getByRole("textbox", { name: "New capacity" }).fill("90000");
        await expectShown(page.getByRole("button", { name: "Ask for approval" }));
      },
    },
    {
      name: "a competition session, and cancelling it",
      go: async () => {
        await page.goto("/admin/capacity?search=LAX01");
        await page.getByRole("link", { name: /LAX01/ }).first().click();
        await expectPage(page, /^LAX01 · /);
        await expectShown(page.getByRole("switch", { name: "Tickets may be handed over" }));
        await page.getByRole("button", { name: "Cancel this session" }).click();
        await expectText(page.getByRole("dialog"), "1 order is paid back: 1 ticket, ");
        await page.getByRole("textbox", { name: "Code of the session" }).fill("LAX02");
        await page.getByRole("textbox", { name: "Why?" }).fill("Thunder and lightning");
        await page.getByRole("button", { name: "Cancel and pay back" }).click();
        await expectShown(page.getByText("That is not the code of this session: LAX01."));
      },
    },
    {
      name: "a cancelled one, with everybody paid back",
      go: async () => {
        await page.getByRole("textbox", { name: "Code of the session" }).fill("LAX01");
        await page.getByRole("button", { name: "Cancel and pay back" }).click();
        await expectShown(page.getByRole("region", { name: "Session cancelled" }));
        await expectShown(page.getByText(/^Everything has been paid back since .*: 1 order, 1 ticket, /));
        await expectShown(page.getByText("1 refund done"));
      },
    },
    {
      ...at("/admin/staff", "Staff"),
      go: async () => {
        await page.goto("/admin/staff");
        await expectShown(page.getByRole("button", { name: "Actions for Lou Petit" }));
      },
    },
    {
      name: "inviting somebody",
      go: async () => {
        await page.getByRole("button", { name: "Invite somebody" }).click();
        await page.getByRole("button", { name: "Send the invitation" }).click();
        await expectShown(page.getByText("This answer is needed."));
      },
    },
    {
      name: "changing a role",
      go: async () => {
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Actions for Lou Petit" }).click();
        await page.getByRole("menuitem", { name: "Change the role" }).click();
        await page.getByRole("radio", { name: "Visitor" }).check();
      },
    },
    {
      ...at("/admin/journal", "Journal"),
      go: async () => {
        await page.goto("/admin/journal");
        await expectShown(page.getByText(/acts? shown$/));
      },
    },
    {
      ...at("/admin/account", "My account"),
      go: async () => {
        await page.goto("/admin/account");
        await expectShown(page.getByRole("button", { name: "Add a passkey" }));
      },
    },
  ]);
  await expectAllGood(await openPage({ person: buyer }), [
    {
      name: "the order of a cancelled competition session",
      go: async (shop) => {
        await shop.goto("/orders");
        await shop.getByRole("main").getByRole("listitem").first().getByRole("link").click();
        await expectShown(shop.getByText("Competition cancelled by the organiser"));
      },
    },
  ]);
});
