import type { Page, Request } from "playwright-core";
import { describe, expect } from "vitest";
import { inspect } from "./browser/inspect.ts";
import { expectPage, expectShown, expectText } from "./expectations.ts";
import { openApiSession } from "./people/api-session.ts";
import type { Person } from "./people/person.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { payBy, putInBasket, reserve } from "./shop/buy.ts";
import { leaveSeats } from "./shop/leave-seats.ts";
import { changePrice, sellPackage } from "./shop/offers-by-api.ts";
import { test } from "./test.ts";

/** 12 seats in category A. */
const scarce = "SQU02";
const reserveButton = (page: Page) => page.getByRole("button", { name: "Reserve" });
const basketLine = (page: Page, text: string) =>
  page.getByRole("list", { name: "Your seats" }).getByRole("listitem").filter({ hasText: text });

async function ordersOf(origin: string, person: Person) {
  const { client } = openApiSession(origin, "shop", person.cookies);
  return client.tickets.sales.orders.query();
}

describe("when there is less than asked for", () => {
  test("the basket says how much is left, and one takes that with consent", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .* 409 .*reserve/);
    const person = await registerVisitor(run.origin);
    const page = await openPage({ size: "phone", person });
    await leaveSeats(run.origin, scarce, "A", 3);
    await putInBasket(page, "BKB01", [{ offer: "Duo", category: "A" }]);
    await putInBasket(page, scarce, [{ offer: "Solo", category: "A", count: 2 }]);
    await expectShown(basketLine(page, scarce).getByText("3 left"));

    // Somebody is quicker, and this page has not heard of it yet.
    await page.route("**/trpc/tickets.sales.availability*", (route) => route.abort());
    problems.expectProblem(/Failed to load resource: .*availability/);
    await leaveSeats(run.origin, scarce, "A", 1);
    await reserveButton(page).click();
    const choice = page.getByRole("region", { name: "Not everything is there any more" });
    await expectShown(choice);
    expect(await ordersOf(run.origin, person), "nothing is taken without consent").toEqual([]);
    await page.unroute("**/trpc/tickets.sales.availability*");
    expect(await inspect(page)).toEqual([]);

    await reserveButton(page).click();
    await expectText(
      choice.getByRole("list"),
      "Duo, category A, BKB01 1 there Solo, category A, SQU02 1 of 2, 1 would be missing",
    );
    await choice.getByRole("button", { name: "Take what is left" }).click();
    await expectPage(page, "Your seats are kept");
    await expectText(page.getByRole("region", { name: "What you did not get" }), /Solo, category A, SQU02 .* 1 of 2/);
    expect(await inspect(page)).toEqual([]);
    await expectText(page.getByRole("region", { name: "Your order" }), /1 × Duo.* 1 × Solo/);
    await payBy(page, /^Pay /, "Pay");
    await expectPage(page, "You have paid.");
    await expectShown(page.getByText("Your three tickets are here."));
    expect(await ordersOf(run.origin, person)).toHaveLength(1);
  });

  test("a line with too many, or with another price, is mended at one press", async ({ openPage, run }) => {
    const name = { fr: "Deux soirs de basket", en: "Two basketball nights" };
    const pools = ["BKB02", "BKB03"].map((session) => ({ session, category: "B" }));
    const offerId = await sellPackage(run.origin, run.admin, { name, pools, priceCents: 90_00 });
    const page = await openPage({ size: "phone", person: await registerVisitor(run.origin) });

    // Named wherever one may look for it, with what else it lets into.
    await page.goto("/?q=basketball+nights");
    await expectShown(page.getByText("Also in Two basketball nights (2 sessions)").first());
    await page.goto("/sessions/BKB03");
    await expectText(
      page.getByRole("list", { name: "The other sessions of Two basketball nights" }),
      /BKB02 · .*\d\d:\d\d · /,
    );
    await putPackageInBasket(page, "BKB02", name.en);
    await expectText(basketLine(page, name.en), /BKB02.*BKB03.*€90\.00/);

    await changePrice(run.origin, run.admin, offerId, 95_00);
    await expectShown(page.getByText("The price has changed: it is €95.00, and was €90.00 when you chose it."));
    await page.getByRole("button", { name: /^Accept this price/ }).click();
    await expectText(basketLine(page, name.en), /€95\.00/);
    await reserve(page);
    await payBy(page, /^Pay /, "Pay");
    await expectPage(page, "You have paid.");
    const tickets = page.getByRole("region", { name: "Tickets" });
    await expectText(tickets, /BKB02 · Two basketball nights.*Good.*BKB03 · Two basketball nights.*Good/);
    await page.getByRole("link", { name: "See my 2 tickets" }).click();
    await expectShown(page.getByRole("region", { name: "BKB02" }), page.getByRole("region", { name: "BKB03" }));
  });

  test("a limit says which it is, for what, and how many one has", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .* 409 .*reserve/);
    const person = await registerVisitor(run.origin);
    const page = await openPage({ person });
    await putInBasket(page, "BKB04", [{ offer: "Family", category: "B" }]);
    await reserve(page);
    await putInBasket(page, "BKB04", [{ offer: "Solo", category: "C", count: 3 }]);
    await reserveButton(page).click();
    await expectShown(
      page.getByRole("alert").filter({
        hasText: "One account can have 6 tickets for Basketball BKB04. You already have 4, bought or kept for you.",
      }),
    );
  });
});

async function putPackageInBasket(page: Page, session: string, name: string): Promise<void> {
  await page.goto(`/sessions/${session}`);
  await page.getByRole("button", { name: `One more: ${name}, category B` }).click();
  await page.getByRole("button", { name: "Add 2 tickets to basket" }).click();
  await page.getByRole("link", { name: "See basket" }).click();
  await expectPage(page, "Basket");
}

describe("one wish is one order", () => {
  test("with a double click, and with an answer that is lost on the way", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .*reserve/);
    const person = await registerVisitor(run.origin);
    const page = await openPage({ size: "phone", person });
    await putInBasket(page, "FBL01", [{ offer: "Solo", category: "A" }]);
    const sent: string[] = [];
    await page.route("**/trpc/tickets.sales.reserve*", async (route) => {
      sent.push(bodyOf(route.request()));
      if (sent.length > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await reserveButton(page).dblclick();
    await expectPage(page, "Your seats are kept");
    expect(sent).toHaveLength(2);
    expect(keyIn(sent[1])).toBe(keyIn(sent[0]));
    expect(sent.map((body) => body.includes('"retry":true'))).toEqual([false, true]);
    expect(await ordersOf(run.origin, person)).toHaveLength(1);
    await page.goto("/basket");
    await expectShown(page.getByRole("heading", { name: "Your basket is empty" }));
  });

  test("in two tabs, which both know what became of it", async ({ openPage, run }) => {
    const person = await registerVisitor(run.origin);
    const one = await openPage({ person });
    await putInBasket(one, "FBL01", [{ offer: "Duo", category: "B" }]);
    const other = await one.context().newPage();
    await other.goto("/basket");
    await expectShown(reserveButton(other));
    // Both have asked before either has an answer.
    await one.route("**/trpc/tickets.sales.reserve*", async (route) => {
      await expectPage(other, "Your seats are kept");
      return route.continue();
    });
    await reserveButton(one).click();
    await reserveButton(other).click();
    await expectPage(one, "Your seats are kept");
    expect(one.url()).toBe(other.url());
    expect(await ordersOf(run.origin, person)).toHaveLength(1);

    await payBy(one, /^Pay /, "Pay");
    await expectPage(one, "You have paid.");
    await lookAgain(other);
    await expectPage(other, "You have paid.");
  });
});

/** Its owner comes back to it, and so it asks the server at once instead of some seconds later. */
const lookAgain = (page: Page): Promise<unknown> =>
  page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));

const bodyOf = (request: Request): string => request.postData() ?? "";
const keyIn = (body = ""): string | undefined => /"idempotencyKey":"([^"]+)"/.exec(body)?.[1];

describe("whoever pays always knows where the money is", () => {
  test("back from the bank before its answer: nobody says it is not paid", async ({ openPage, run }) => {
    const page = await openPage({ size: "phone", person: await registerVisitor(run.origin) });
    await putInBasket(page, "FBL02", [{ offer: "Solo", category: "A" }]);
    await reserve(page);
    await payBy(page, /^Pay /, "Pay, never confirmed");
    await expectPage(page, "We are waiting for your payment");
    await expectShown(page.getByText(/We are waiting for your bank’s answer/));
    // Giving the seats back closes the page, and so the money is found.
    await page.getByRole("button", { name: "Release these seats" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Yes, release the seats" }).click();
    await expectPage(page, "You have paid.");
    await expectShown(page.getByText("Your ticket is here."));
  });

  test("too late, and the limits have changed: the money goes back, and the page says why", async ({
    openPage,
    run,
  }) => {
    const { client } = openApiSession(run.origin, "admin", run.admin.cookies);
    const person = await registerVisitor(run.origin);
    const page = await openPage({ person });
    await putInBasket(page, "FBL02", [{ offer: "Duo", category: "B" }]);
    await reserve(page);
    await page.getByRole("button", { name: /^Pay / }).click();
    await expectPage(page, "Demo payment");
    const before = await client.admin.sales.settings.query();
    const changed = await client.admin.sales.changeSettings.mutate({
      ...before,
      limits: { ...before.limits, competitionSession: 1 },
    });
    try {
      await page.getByRole("button", { name: "Pay too late", exact: true }).click();
      await expectPage(page, /^Your payment came too late/);
    } finally {
      await client.admin.sales.changeSettings.mutate({ ...changed, limits: before.limits });
    }
    await expectShown(page.getByText("your account already has all the tickets it may have"));
    const refunds = page.getByRole("region", { name: "Money back" });
    await expectText(refunds, /Paid too late: limit of tickets reached.*€/);
    const [order] = await ordersOf(run.origin, person);
    const shop = openApiSession(run.origin, "shop", person.cookies).client;
    const refund = async () => (await shop.tickets.sales.order.query({ orderId: order?.id ?? "" })).refunds[0];
    await expect.poll(refund).toMatchObject({ state: "succeeded" });
    await lookAgain(page);
    await expectText(refunds, /Refunded on/);
    await expectPage(page, "Your payment came too late, and is refunded");
    await page.goto("/orders");
    await expectText(page.getByRole("main").getByRole("list"), /Paid too late, refunded/);
  });

  test("paid back in part by the organiser: which tickets are left, and which are not", async ({ openPage, run }) => {
    const person = await registerVisitor(run.origin);
    const page = await openPage({ size: "phone", person });
    await putInBasket(page, "FBL03", [{ offer: "Duo", category: "B" }]);
    await reserve(page);
    await payBy(page, /^Pay /, "Pay");
    await expectPage(page, "You have paid.");

    const [order] = await ordersOf(run.origin, person);
    const orderId = order?.id ?? "";
    const shop = openApiSession(run.origin, "shop", person.cookies).client;
    const [ticket] = await shop.tickets.tickets.mine.query({ orderId });
    const { client } = openApiSession(run.origin, "admin", run.admin.cookies);
    await client.admin.sales.refundTickets.mutate({
      orderId,
      idempotencyKey: crypto.randomUUID(),
      ticketIds: [ticket?.id ?? ""],
      note: "One seat has no view",
    });
    await page.reload();
    await expectPage(page, "Part of this order is refunded");
    await expectShown(page.getByText("You still have one ticket, and it is good."));
    await expectText(page.getByRole("region", { name: "Money back" }), /Refund by the organiser/);
    const tickets = page.getByRole("region", { name: "Tickets" });
    await expectText(
      tickets.getByRole("listitem").filter({ hasText: ticket?.reference ?? "?" }),
      /Cancelled, refunded/,
    );
    await expectText(tickets, /Good/);
    expect(await inspect(page)).toEqual([]);
    await page.getByRole("link", { name: "See my ticket" }).click();
    await expectShown(page.getByRole("link", { name: "Open the ticket" }));
  });

  test("a provider that does not answer takes nothing, and the seats stay", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .*startPayment/);
    const page = await openPage({ size: "phone", person: await registerVisitor(run.origin) });
    await putInBasket(page, "FBL03", [{ offer: "Solo", category: "A" }]);
    await reserve(page);
    await page.route("**/trpc/tickets.sales.startPayment*", (route) => route.abort());
    await page.getByRole("button", { name: /^Pay / }).click();
    await expectShown(
      page.getByRole("alert").filter({ hasText: "The payment service does not answer. Nothing was charged" }),
    );
    await page.unroute("**/trpc/tickets.sales.startPayment*");
    await payBy(page, /^Pay /, "Pay");
    await expectPage(page, "You have paid.");
  });
});
