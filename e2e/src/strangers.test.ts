import { describe, expect } from "vitest";
import { expectPage, expectShown } from "./expectations.ts";
import { signInByForm } from "./people/sign-in-form.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { reserveByApi } from "./shop/buy-by-api.ts";
import { test } from "./test.ts";

describe("a page opened without being signed in asks for that, and is then the page that was opened", () => {
  test("an order in the shop", async ({ openPage, run }) => {
    const orderId = await reserveByApi(run.origin, run.visitor, [
      { session: "BDM01", kind: "solo", category: "B", count: 1 },
    ]);
    const page = await openPage({ size: "phone" });
    await page.goto(`/orders/${orderId}`);
    await expectPage(page, "Sign in");
    await signInByForm(page, run.visitor);
    await expectPage(page, "Your seats are kept");
    expect(new URL(page.url()).pathname).toBe(`/orders/${orderId}`);
  });

  test("a list in the dashboard, with its search", async ({ openPage, run }) => {
    const page = await openPage();
    await page.goto("/admin/offers?search=squash&state=published");
    await expectPage(page, "Sign in");
    await signInByForm(page, run.admin);
    await expectPage(page, "Offers");
    expect(await page.getByRole("searchbox", { name: "Search" }).inputValue()).toBe("squash");
    expect(new URL(page.url()).search).toBe("?search=squash&state=published");
  });

  test("a gate on a device that is no tablet asks for the code of one", async ({ openPage }) => {
    const page = await openPage({ size: "tablet" });
    await page.goto("/scanner/019a0000-0000-7000-8000-000000000000/019a0000-0000-7000-8000-000000000001");
    await expectPage(page, "Enrol this tablet");
  });

  test("a visitor’s account does not open the dashboard", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .* 4\d\d /);
    const person = await registerVisitor(run.origin);
    const page = await openPage({ person });
    await page.goto("/admin");
    await expectPage(page, "Sign in");
    await page.getByRole("textbox", { name: "E-mail address" }).fill(person.email);
    await page.getByRole("textbox", { name: "Password" }).fill(person.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expectShown(page.getByRole("alert"));
  });
});
