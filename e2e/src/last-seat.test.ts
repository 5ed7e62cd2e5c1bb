import { expect } from "vitest";
import { expectGone, expectPage, expectShown } from "./expectations.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { reserveByApi } from "./shop/buy-by-api.ts";
import { putInBasket } from "./shop/buy.ts";
import { test } from "./test.ts";

test("two buyers and one last seat: one has it, the other is told, and has a way on", async ({
  openPage,
  run,
  problems,
}) => {
  problems.expectProblem(/Failed to load resource: .* 409 .*reserve/);
  const [ada, grace] = [await registerVisitor(run.origin), await registerVisitor(run.origin, "Grace Hopper")];
  // SQU01 has ten seats in category A, and an account may have six.
  for (const count of [6, 3]) {
    const person = await registerVisitor(run.origin);
    await reserveByApi(run.origin, person, [{ session: "SQU01", kind: "solo", category: "A", count }]);
  }
  const pages = [await openPage({ size: "phone", person: ada }), await openPage({ person: grace })] as const;
  for (const page of pages) await putInBasket(page, "SQU01", [{ offer: "Solo", category: "A" }]);
  await Promise.all(pages.map((page) => page.getByRole("button", { name: "Reserve" }).click()));

  const answers = await Promise.all(
    pages.map(async (page) => {
      const kept = page.getByRole("heading", { level: 1, name: "Your seats are kept" });
      await expectShown(kept.or(page.getByRole("alert")));
      return { page, isKept: await kept.isVisible() };
    }),
  );
  const losers = answers.filter(({ isKept }) => !isKept);
  expect(losers).toHaveLength(1);
  const page = losers[0]?.page ?? pages[0];
  await expectShown(page.getByRole("alert").filter({ hasText: /There are not enough seats left for Solo/ }));
  await page.getByRole("button", { name: /^Remove Solo.* from basket$/ }).click();
  await expectShown(page.getByRole("heading", { name: "Your basket is empty" }));

  await page.goto("/sessions/SQU01");
  const categoryA = page.getByRole("region", { name: "Offers in category A" });
  await expectShown(categoryA.getByText("Sold out").first());
  await expectGone(categoryA.getByRole("button", { name: /^One more: / }));
  await putInBasket(page, "SQU01", [{ offer: "Solo", category: "B" }]);
  await page.getByRole("button", { name: "Reserve" }).click();
  await expectPage(page, "Your seats are kept");
});
