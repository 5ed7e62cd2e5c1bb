import { readFile } from "node:fs/promises";
import { openPdf, readOff, rectanglesOf } from "@tessera/documents/testing";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectGone, expectPage, expectShown, expectText } from "./expectations.ts";
import { expectVerdict, openGate, typeCode } from "./gate/scan.ts";
import { setUpTablet } from "./gate/tablet.ts";
import { awaitMail } from "./people/mailbox.ts";
import type { Person } from "./people/person.ts";
import { newcomer, registerByTotp } from "./people/register-form.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { codeAsText, liveCode } from "./shop/live-code.ts";
import { test } from "./test.ts";

const session = "VBV01";
const offered = /(\S+\/hand-overs)\b/;

test("two people, two phones: a ticket is handed over, opens the gate for its new holder, and for nobody else", async ({
  openPage,
  run,
}) => {
  const giver = await registerVisitor(run.origin, "Maud Keller");
  const giversPhone = await openPage({ size: "phone", person: giver });
  await activate(giversPhone, run.origin, giver, "duo");
  const ticket = giversPhone.url();
  const receiver = newcomer();
  await offer(giversPhone, receiver.email);

  // Somebody without an account comes by the mail's link, and finds the offer once there is one.
  const receiversPhone = await openPage({ size: "phone" });
  await receiversPhone.goto(await awaitMail(run.origin, receiver.email, offered));
  await expectShown(receiversPhone.getByText("Has somebody offered you a ticket?"));
  await receiversPhone.getByRole("button", { name: /^No account yet/ }).click();
  await expectPage(receiversPhone, "Create an account");
  await registerByTotp(receiversPhone, run.origin, receiver);
  await expectPage(receiversPhone, "My account");
  await receiversPhone.getByRole("link", { name: "Maud Keller offers you a ticket" }).click();
  await expectPage(receiversPhone, "Tickets given and received");
  const oldCode = await codeAsText(giversPhone);
  await receiversPhone.getByRole("button", { name: "Accept the ticket" }).click();
  await receiversPhone.getByRole("button", { name: "Activate this ticket" }).click();
  await expectShown(liveCode(receiversPhone), receiversPhone.getByText("From Maud Keller"));

  await giversPhone.reload();
  await expectShown(
    giversPhone.getByRole("heading", { name: "You have handed this ticket over" }),
    giversPhone.getByText(`It has belonged to ${receiver.email} since`),
  );
  expect(giversPhone.url()).toBe(ticket);
  await expectGone(liveCode(giversPhone));
  await awaitMail(run.origin, giver.email, /(This ticket is no longer yours, and the code that you had opens nothing)/);
  await giversPhone.goto("/orders");
  await giversPhone.getByRole("main").getByRole("listitem").getByRole("link").click();
  await expectText(giversPhone.getByRole("region", { name: "Tickets" }), `Handed over to ${receiver.email} on`);
  await giversPhone.goto("/tickets");
  await giversPhone.getByRole("link", { name: "Open the ticket" }).click();
  await expectShown(liveCode(giversPhone));

  const tablet = await openPage({ size: "tablet" });
  await setUpTablet(tablet, run, { sessions: [session], gate: "A" });
  await openGate(tablet, session, "Gate A");
  await typeCode(tablet, oldCode);
  await expectVerdict(tablet, "Refused", "Replaced", "The ticket changed hands or phone.");
  await typeCode(tablet, await codeAsText(receiversPhone));
  await expectVerdict(tablet, "Go in", "Ada Lovelace");
});

test("an offer is refused, and another is taken back: the code was good all the time", async ({
  openPage,
  problems,
  run,
}) => {
  problems.expectProblem(/Failed to load resource: .* 409 .*handOvers\.accept/);
  const [giver, receiver] = await Promise.all([
    registerVisitor(run.origin, "Maud Keller"),
    registerVisitor(run.origin, "Ines Costa"),
  ]);
  const giversPhone = await openPage({ size: "phone", person: giver });
  await activate(giversPhone, run.origin, giver, "solo");
  await offer(giversPhone, receiver.email);

  const receiversPhone = await openPage({ size: "phone", person: receiver });
  await receiversPhone.goto(await awaitMail(run.origin, receiver.email, offered));
  await receiversPhone.getByRole("button", { name: "Refuse", exact: true }).click();
  await receiversPhone.getByRole("dialog").getByRole("button", { name: "Refuse the ticket" }).click();
  await expectShown(receiversPhone.getByText("Refused: the ticket stays with whoever offered it."));
  await awaitMail(run.origin, giver.email, /(\S+ has refused)/);

  await giversPhone.reload();
  await offer(giversPhone, receiver.email);
  await receiversPhone.reload();
  await expectShown(receiversPhone.getByRole("heading", { name: "Maud Keller offers you a ticket" }));
  await giversPhone.getByRole("button", { name: /^Take back ticket/ }).click();
  await expectShown(giversPhone.getByText("Taken back: the ticket is no longer offered."));
  // Whose page still shows the offer is told that it is over.
  await receiversPhone.getByRole("button", { name: "Accept the ticket" }).click();
  await expectShown(receiversPhone.getByText("Too late: the person has taken the offer back."));
  await expectShown(receiversPhone.getByText("Taken back by Maud Keller"));

  const tablet = await openPage({ size: "tablet" });
  await setUpTablet(tablet, run, { sessions: [session], gate: "A" });
  await openGate(tablet, session, "Gate A");
  await typeCode(tablet, await codeAsText(giversPhone));
  await expectVerdict(tablet, "Go in", "Maud Keller");
});

test("a ticket goes onto paper: the phone’s code is dead, and the sheet is checked at the gate", async ({
  openPage,
  run,
}) => {
  const person = await registerVisitor(run.origin, "Maud Keller");
  const phone = await openPage({ size: "phone", person });
  await activate(phone, run.origin, person, "solo");
  const oldCode = await codeAsText(phone);
  await phone.getByRole("button", { name: "Print on paper" }).click();
  const download = phone.waitForEvent("download");
  await phone.getByRole("dialog").getByRole("button", { name: "Make the PDF" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.pdf$/);
  await expectShown(phone.getByRole("heading", { name: "This ticket is on paper" }));
  const pdf = await openPdf(await readFile(await file.path()));
  const [paperCode = "nothing that can be read"] = await readOff(await rectanglesOf(await pdf.getPage(1)));

  const tablet = await openPage({ size: "tablet" });
  await setUpTablet(tablet, run, { sessions: [session], gate: "A" });
  await openGate(tablet, session, "Gate A");
  await typeCode(tablet, oldCode);
  await expectVerdict(tablet, "Refused", "Replaced");
  await typeCode(tablet, paperCode);
  await expectVerdict(tablet, "Look closer", "Maud Keller", "Ask for an identity document and compare the name.");
});

/** Buys, and shows the first ticket's code on the phone, with all of them tied to it. */
async function activate(phone: Page, origin: string, person: Person, kind: "solo" | "duo"): Promise<void> {
  await buyByApi(origin, person, [{ session, kind, category: "A", count: 1 }]);
  await phone.goto("/tickets");
  await phone.getByRole("link", { name: /^Open the (2 )?tickets?$/ }).click();
  await phone.getByRole("button", { name: /^Activate (this ticket|the 2 tickets of the order)$/ }).click();
  await expectShown(liveCode(phone));
}

/** Offers the ticket on the screen, whose code stays. */
async function offer(phone: Page, email: string): Promise<void> {
  await phone.getByRole("button", { name: "Hand over this ticket" }).click();
  const dialog = phone.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "The person’s e-mail address" }).fill(email);
  await dialog.getByRole("button", { name: "Offer the ticket" }).click();
  await expectGone(dialog);
  await expectShown(phone.getByText(`Offered to ${email}. Without an answer, the offer ends on`), liveCode(phone));
}
