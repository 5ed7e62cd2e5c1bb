import { at, expectAllGood } from "./browser/stops.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { openApiSession } from "./people/api-session.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { test } from "./test.ts";

test("every page of handing over, for who gives, who receives, and who is not signed in", async ({ openPage, run }) => {
  const session = "VBV02";
  const [giver, receiver] = await Promise.all([registerVisitor(run.origin), registerVisitor(run.origin, "Ines Costa")]);
  await buyByApi(run.origin, giver, [{ session, kind: "family", category: "A", count: 1 }]);
  const { client } = openApiSession(run.origin, "shop", giver.cookies);
  const [kept, ...given] = await client.tickets.tickets.mine.query({});
  const offers = given.slice(1).map(({ id }) => ({ ticketId: id, email: receiver.email }));
  await client.tickets.handOvers.offer.mutate({ offers });

  await expectAllGood(await openPage({ person: giver }), [
    {
      name: "what can be done with a ticket, and to whom to offer it",
      go: async (page) => {
        await page.goto(`/tickets/${kept?.id}`);
        await page.getByRole("button", { name: "Hand over this ticket" }).click();
        await page.getByRole("button", { name: "Offer the ticket" }).click();
        await expectShown(page.getByRole("dialog").getByText("This answer is needed."));
      },
    },
    {
      name: "what paper means",
      go: async (page) => {
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Print on paper" }).click();
        await expectShown(page.getByRole("button", { name: "Make the PDF" }));
      },
    },
    {
      name: "who goes in with a ticket",
      go: async (page) => {
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Change the name on this ticket" }).click();
        await expectShown(page.getByRole("button", { name: "Write this name" }));
      },
    },
    {
      name: "who goes in with several",
      go: async (page) => {
        await page.goto("/tickets");
        await page.getByRole("link", { name: `Who comes with you? ${session}` }).click();
        await expectPage(page, "Who comes with you?");
        await page.getByRole("radio", { name: "On the person’s own phone" }).first().check();
        await page.getByRole("radio", { name: "In another name, on my phone" }).nth(1).check();
      },
    },
    {
      ...at("/hand-overs", "Tickets given and received"),
      go: async (page) => {
        await page.goto("/hand-overs");
        await expectShown(page.getByRole("region", { name: "Your open offers" }));
      },
    },
  ]);
  await expectAllGood(await openPage({ person: receiver }), [
    {
      name: "what is offered",
      go: async (page) => {
        await page.goto("/hand-overs");
        await expectShown(page.getByRole("button", { name: "Accept the 2 tickets" }));
      },
    },
    {
      name: "refusing it",
      go: async (page) => {
        await page.getByRole("button", { name: "Refuse", exact: true }).click();
        await expectShown(page.getByRole("button", { name: "Refuse the 2 tickets" }));
      },
    },
    {
      name: "what became of it",
      go: async (page) => {
        await page.getByRole("button", { name: "Refuse the 2 tickets" }).click();
        await expectShown(page.getByRole("region", { name: "What has happened" }));
      },
    },
  ]);
  await expectAllGood(await openPage(), [at("/hand-overs", "Sign in")]);
});
