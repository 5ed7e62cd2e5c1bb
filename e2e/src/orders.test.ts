import { expectGone, expectPage, expectShown, expectText } from "./expectations.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { activateTickets, buy } from "./shop/buy.ts";
import { test } from "./test.ts";

test("an admin pays two of four tickets back, and the buyer’s page says so", async ({ openPage, run }) => {
  const buyer = await registerVisitor(run.origin, "Maud Carpentier");
  const shop = await openPage({ size: "phone", person: buyer });
  await buy(shop, "FEN01", [{ offer: "Duo", category: "A", count: 2 }]);

  const admin = await openPage({ person: run.admin });
  await admin.goto("/admin");
  await admin.getByRole("link", { name: "Orders", exact: true }).click();
  await expectPage(admin, "Orders");
  await admin.getByRole("searchbox", { name: "Search" }).fill("carpent");
  const row = admin.getByRole("table", { name: "Orders" }).getByRole("row").filter({ hasText: buyer.email });
  await expectText(row, /Maud Carpentier .* Paid 4 /);
  await row.getByRole("link", { name: /^Open the order / }).click();
  await expectPage(admin, /^Order /);

  const refund = admin.getByRole("button", { name: /^Refund \d tickets?$/ });
  await expectText(admin.getByRole("status").filter({ hasText: "Choose" }), "Choose what to refund.");
  const tickets = admin.getByRole("list", { name: "Tickets" });
  await tickets.getByRole("checkbox").nth(1).check();
  await tickets.getByRole("checkbox").nth(2).check();
  await expectShown(admin.getByText("2 tickets chosen"));
  await refund.click();
  const dialog = admin.getByRole("dialog");
  await expectText(
    dialog,
    /goes back to Maud Carpentier, the way it was paid\. Their codes open no gate, from now on\. The 2 seats go back on sale at once\./,
  );
  const confirm = dialog.getByRole("button", { name: /^Refund €/ });
  await confirm.click();
  await expectShown(dialog.getByText("This answer is needed."));
  await dialog.getByRole("textbox", { name: "Why?" }).fill("Two of the family have fallen ill");
  await confirm.click();
  await expectGone(dialog);

  await expectText(admin.getByRole("list", { name: "Refunds" }), /“Two of the family have fallen ill” Paid back/);
  await expectText(admin.getByRole("list", { name: "All that happened" }), /2 tickets cancelled .*Refund done/);
  await expectShown(tickets.getByText("Its codes open no gate any more").nth(1));
  await expectShown(admin.getByText("Partly refunded").first());

  await shop.getByRole("link", { name: /^See my/ }).waitFor();
  await shop.reload();
  await expectPage(shop, "Part of this order is refunded");
  await expectShown(shop.getByText("Refund by the organiser"));
});

test("a refund whose answer is lost is sent again, and carried out once", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .*refundTickets/);
  const buyer = await registerVisitor(run.origin, "Ilse Vandamme");
  const shop = await openPage({ person: buyer });
  await buy(shop, "FEN01", [{ offer: "Solo", category: "B", count: 2 }]);

  const admin = await openPage({ size: "phone", person: run.admin });
  await admin.goto("/admin/orders?search=vandamme");
  await admin.getByRole("link", { name: /^Open the order / }).click();
  await admin.getByRole("checkbox", { name: "All 2 tickets that can be refunded" }).check();
  await admin.getByRole("button", { name: "Refund 2 tickets" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Why?" }).fill("Called off");
  const keys: string[] = [];
  await admin.route("**/trpc/admin.sales.refundTickets?*", async (route) => {
    keys.push(/"idempotencyKey":"([^"]+)"/.exec(route.request().postData() ?? "")?.[1] ?? "");
    if (keys.length > 1) return route.continue();
    // The server has it, and nobody hears so.
    await route.fetch();
    return route.abort();
  });
  const confirm = dialog.getByRole("button", { name: /^Refund €/ });
  await confirm.click();
  await expectText(dialog.getByRole("alert"), "the same request is never carried out twice");
  await confirm.click();
  await expectGone(dialog);
  if (keys.length !== 2 || keys[0] !== keys[1]) throw new Error(`sent under other keys: ${keys.join(", ")}`);
  const refunds = admin.getByRole("list", { name: "Refunds" }).getByRole("listitem");
  await expectText(refunds.first(), /Called off.*Paid back/);
  await expectGone(refunds.nth(1));
});

test("an admin blocks a ticket that is on a phone: it shows no code, no gate takes it, until the block is lifted", async ({
  openPage,
  run,
  problems,
}) => {
  const shop = await openPage({ size: "phone", person: await registerVisitor(run.origin, "Odile Fontaine") });
  await buy(shop, "FEN02", [{ offer: "Solo", category: "B" }]);
  await activateTickets(shop);

  const admin = await openPage({ size: "phone", person: run.admin });
  await admin.goto("/admin/orders?search=fontaine");
  await admin.getByRole("link", { name: /^Open the order / }).click();
  await admin.getByRole("button", { name: /^Block ticket / }).click();
  const dialog = admin.getByRole("dialog");
  await expectText(dialog, "No gate lets it in, as soon as tablets have their next list.");
  const confirm = dialog.getByRole("button", { name: "Block the ticket" });
  await confirm.click();
  await expectShown(dialog.getByText("This answer is needed."));
  await dialog.getByRole("textbox", { name: "Why?" }).fill("Seen on a market of its own");
  await confirm.click();
  await expectGone(dialog);
  const tickets = admin.getByRole("list", { name: "Tickets" });
  await expectText(tickets, /Blocked.*“Seen on a market of its own”/);
  await expectText(admin.getByRole("list", { name: "All that happened" }), /Ticket \S+ blocked/);

  await shop.reload();
  await expectShown(shop.getByRole("heading", { name: "This ticket is blocked" }));
  await expectGone(shop.getByRole("img", { name: /^Entry code of ticket/ }));

  await admin.getByRole("button", { name: /^Lift the block of ticket / }).click();
  await expectText(tickets, "Valid");
  await shop.reload();
  await expectShown(shop.getByRole("img", { name: /^Entry code of ticket/ }));

  // Paid back in another window while the question is on the screen.
  await admin.getByRole("button", { name: /^Block ticket / }).click();
  await dialog.getByRole("textbox", { name: "Why?" }).fill("Seen again");
  const other = await openPage({ person: run.admin });
  await other.goto(new URL(admin.url()).pathname);
  await other.getByRole("checkbox", { name: /^Choose ticket / }).check();
  await other.getByRole("button", { name: "Refund 1 ticket" }).click();
  await other.getByRole("textbox", { name: "Why?" }).fill("Given back");
  await other.getByRole("button", { name: /^Refund €/ }).click();
  await expectGone(other.getByRole("dialog"));
  problems.expectProblem(/Failed to load resource: .*409/);
  await confirm.click();
  await expectText(dialog.getByRole("alert"), "has just been used or cancelled, and was not blocked");
  await dialog.getByRole("button", { name: "Do not block" }).click();
  await expectText(tickets, "Cancelled");
});
