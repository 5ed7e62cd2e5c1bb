import { describe } from "vitest";
import { expectPage, expectShown, expectText } from "./expectations.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { payBy, putInBasket, reserve } from "./shop/buy.ts";
import { test } from "./test.ts";

describe("what becomes of a payment", () => {
  test("refused, tried again, paid", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone", person: await registerVisitor(run.origin) });
    await putInBasket(page, "HBL01", [{ offer: "Duo", category: "A" }]);
    await reserve(page);
    await payBy(page, /^Pay /, "Have the card refused");
    await expectPage(page, "The payment was refused");
    await expectShown(page.getByText("Nothing was charged."));
    await payBy(page, "Try the payment again", "Pay");
    await expectPage(page, "You have paid.");
    await expectShown(page.getByRole("link", { name: "See my 2 tickets" }));
  });

  test("left open, and the seats released", async ({ openPage, run }) => {
    const page = await openPage({ person: await registerVisitor(run.origin) });
    await putInBasket(page, "HBL01", [{ offer: "Solo", category: "B" }]);
    await reserve(page);
    await payBy(page, /^Pay /, "Walk away");
    await expectPage(page, "We are waiting for your payment");
    await expectShown(page.getByRole("button", { name: "Continue payment" }));
    await page.getByRole("button", { name: "Release these seats" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Yes, release the seats" }).click();
    await expectPage(page, "You released these seats");
    await page.getByRole("button", { name: "Put back in basket" }).click();
    await expectPage(page, "Basket");
    await expectShown(page.getByRole("group", { name: "Quantity: Solo" }));
  });

  test("too late, but there are seats: they are taken again", async ({ openPage, run }) => {
    const page = await openPage({ person: await registerVisitor(run.origin) });
    await putInBasket(page, "HBL02", [{ offer: "Solo", category: "A" }]);
    await reserve(page);
    await payBy(page, /^Pay /, "Pay too late");
    await expectPage(page, "You have paid.");
    await expectShown(
      page.getByText("Your ticket is here."),
      page.getByText(/^Your payment came after the reservation/),
    );
  });

  test("confirmed twice: tickets once", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone", person: await registerVisitor(run.origin) });
    await putInBasket(page, "HBL02", [{ offer: "Duo", category: "C" }]);
    await reserve(page);
    await payBy(page, /^Pay /, "Pay, confirmed twice");
    await expectPage(page, "You have paid.");
    await page.getByRole("link", { name: "See my 2 tickets" }).click();
    await expectPage(page, "My tickets");
    await expectText(page.getByRole("region", { name: "HBL02" }).getByRole("list"), /^Ticket 1 of 2 .*Ticket 2 of 2 /);
  });
});
