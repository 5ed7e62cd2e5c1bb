import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { expectGone, expectPage, expectShown, expectText } from "./expectations.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { test } from "./test.ts";

const session = "WPO01";
const offer = "Club evening";
test("an offer is created, put on sale, seen in the shop, and withdrawn", async ({ openPage, run, problems }) => {
  const admin = await openPage({ person: run.admin });
  const shop = await openPage({ size: "phone", person: await registerVisitor(run.origin) });
  const inShop = shop.getByRole("button", { name: `One more: ${offer}, category B` });

  await createDraft(admin);
  await shop.goto(`/sessions/${session}`);
  await expectPage(shop, "Water Polo");
  await expectGone(inShop);

  await changeState(admin, "Put on sale");
  await expectAfterReload(inShop, true);
  await inShop.click();
  await shop.getByRole("button", { name: "Add 3 tickets to basket" }).click();
  await shop.getByRole("link", { name: "See basket" }).click();
  await expectText(shop.getByRole("list", { name: "Your seats" }), /€135\.55/);

  await changeState(admin, "Withdraw");
  problems.expectProblem(/Failed to load resource: .* 4\d\d .*reserve/);
  await shop.getByRole("button", { name: "Reserve" }).click();
  await expectShown(
    shop.getByRole("alert").filter({ hasText: /^Club evening, category B, WPO01 is no longer on sale/ }),
  );
  await shop.getByRole("button", { name: new RegExp(`^Remove ${offer}`) }).click();
  await expectShown(shop.getByRole("heading", { name: "Your basket is empty" }));
  await shop.goto(`/sessions/${session}`);
  await expectPage(shop, "Water Polo");
  await expectAfterReload(inShop, false);
});

test("a package over two competition sessions has a name, and its page shows both", async ({ openPage, run }) => {
  const admin = await openPage({ size: "phone", person: run.admin });
  await admin.goto("/admin/offers/new");
  await expectPage(admin, "New offer");
  const where = admin.getByRole("combobox", { name: "Session and category" });
  for (const code of ["BDM01", "SQU01"]) {
    await where.fill(code);
    await admin.getByRole("option", { name: `${code}, category B` }).click();
  }
  const chosen = admin.getByRole("list", { name: "What the offer lets into" }).getByRole("listitem");
  await expectText(chosen.nth(0), /BDM01/);
  await expectText(chosen.nth(1), /SQU01/);
  await where.fill("BDM02");
  await admin.getByRole("option", { name: "BDM02, category B" }).click();
  await admin.getByRole("button", { name: "Leave out BDM02, category B" }).click();
  await expectGone(chosen.nth(2));
  await admin.getByRole("textbox", { name: "Price of the offer" }).fill("99.99");
  await admin.getByRole("button", { name: "Save the draft" }).click();
  await expectShown(admin.getByText("A package needs a name."));
  await admin.getByRole("textbox", { name: "In French" }).fill("Deux raquettes");
  await admin.getByRole("textbox", { name: "In English" }).fill("Two rackets");
  await admin.getByRole("button", { name: "Save the draft" }).click();
  await expectPage(admin, "BDM01 + SQU01 · Two rackets");
  await expectShown(admin.getByText("BDM01", { exact: true }), admin.getByText("SQU01", { exact: true }));
});

async function createDraft(page: Page): Promise<void> {
  await page.goto("/admin/offers");
  await page.getByRole("link", { name: "Create an offer" }).click();
  await page.getByRole("combobox", { name: "Session and category" }).fill(session);
  await page.getByRole("option", { name: `${session}, category B` }).click();
  await page.getByText("Group", { exact: true }).click();
  await page.getByRole("textbox", { name: "Number of people" }).fill("3");
  await page.getByRole("textbox", { name: "Price of the offer" }).fill("135.55");
  await page.getByRole("textbox", { name: "In French" }).fill("Soirée des clubs");
  await page.getByRole("textbox", { name: "In English" }).fill(offer);
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expectPage(page, new RegExp(`${session}.*${offer}`));
}

async function changeState(page: Page, action: "Put on sale" | "Withdraw"): Promise<void> {
  await page.getByRole("button", { name: action, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: new RegExp(`^${action}`) }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** The page, opened anew, shows it or not: within a second, and however long it takes to open. */
async function expectAfterReload(locator: Locator, shown: boolean): Promise<void> {
  const look = async (): Promise<boolean> => {
    await locator.page().reload();
    await expectShown(locator.page().getByRole("region", { name: "Offers in category B" }));
    return locator.isVisible();
  };
  await expect.poll(look).toBe(shown);
}
