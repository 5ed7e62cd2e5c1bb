import { expect } from "vitest";
import { expectPage, expectShown } from "./expectations.ts";
import { test } from "./test.ts";

test("the other language is one press away, stays, and is said to screen readers", async ({ openPage }) => {
  const page = await openPage({ size: "phone", locale: "fr-FR" });
  const language = (): Promise<string | null> => page.locator("html").getAttribute("lang");
  await page.goto("/basket");
  await expectPage(page, "Panier");
  expect(await language()).toBe("fr");

  await page.getByRole("button", { name: "English" }).click();
  await expectPage(page, "Basket");
  expect(await language()).toBe("en");
  expect(await page.title()).toBe("Basket – Tessera");

  await page.reload();
  await expectPage(page, "Basket");
  await page.goto("/scanner");
  await expectPage(page, "Enrol this tablet");
  await page.getByRole("button", { name: "Français" }).click();
  await expectPage(page, "Enregistrer cette tablette");
  await page.goto("/admin");
  await expectPage(page, "Connexion");
  expect(await language()).toBe("fr");
  await expectShown(page.getByRole("button", { name: "English" }));
});
