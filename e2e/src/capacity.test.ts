import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectGone, expectPage, expectShown, expectText } from "./expectations.ts";
import { openApiSession } from "./people/api-session.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { test } from "./test.ts";

const [session, category] = ["ROW01", "A"];
const pool = `${session}, category ${category}`;

test("half as many seats again are asked for by one admin, approved by the other, and then sold", async ({
  openPage,
  run,
}) => {
  const visitor = await registerVisitor(run.origin);
  const seatsLeft = await seatsLeftFor(run.origin, visitor.cookies);
  const before = await seatsLeft();

  const one = await openPage({ person: run.otherAdmin });
  await one.goto("/admin/capacity");
  await expectPage(one, "Capacities");
  const capacity = await ask(one, (now) => now + Math.ceil(now / 2));
  await expectShown(one.getByText("You asked for it: another administrator must approve."));
  await expectGone(one.getByRole("button", { name: `Approve ${pool}` }));
  expect(await seatsLeft()).toBe(before);

  const other = await openPage({ size: "phone", person: run.admin });
  await other.goto("/admin");
  await other.getByRole("link", { name: /^Capacities 1 ?waits$/ }).click();
  await other.getByRole("button", { name: `Approve ${pool}` }).click();
  const dialog = other.getByRole("dialog");
  await expectText(dialog, `to ${capacity.toLocaleString("en-GB")} seats at once`);
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expectGone(dialog, other.getByRole("button", { name: `Approve ${pool}` }));
  await expectText(
    other.getByRole("list", { name: "Changes made" }).getByRole("listitem").first(),
    /ROW01 .*Applied Asked Alex Moreau .* Decided /,
  );
  await expect.poll(seatsLeft).toBe(before + Math.floor(capacity / 3));
});

test("what is taken stays: fewer seats than that are refused before they are sent", async ({ openPage, run }) => {
  const admin = await openPage({ person: run.admin });
  await admin.goto("/admin/capacity?search=ATH05");
  await admin.getByRole("button", { name: "Change the capacity of ATH05, category A" }).click();
  const dialog = admin.getByRole("dialog");
  const [, capacity = ""] = /^([\d,]+) seats/m.exec(await dialog.innerText()) ?? [];
  const now = Number(capacity.replaceAll(",", ""));
  const field = dialog.getByRole("textbox", { name: "New capacity" });
  await field.fill(String(now));
  await dialog.getByRole("button", { name: "Change the capacity" }).click();
  await expectShown(dialog.getByText("That is today’s capacity."));
  await field.fill(String(now + 1));
  await expectText(dialog, /\+1 seat, which is .*: applied at once/);
  await field.fill(String(now * 2));
  await expectText(dialog, /which is \+100%: a second administrator must approve/);
  await expectShown(dialog.getByRole("button", { name: "Ask for approval" }));
});

/** Asks for another capacity of the pool; gives what was asked for. */
async function ask(page: Page, next: (now: number) => number): Promise<number> {
  await page.getByRole("searchbox", { name: "Search" }).fill(session);
  await page.getByRole("button", { name: `Change the capacity of ${pool}` }).click();
  const dialog = page.getByRole("dialog");
  const [, now = ""] = /^([\d,]+) seats/m.exec(await dialog.innerText()) ?? [];
  const capacity = next(Number(now.replaceAll(",", "")));
  await dialog.getByRole("textbox", { name: "New capacity" }).fill(String(capacity));
  await expectText(dialog, "a second administrator must approve. Nothing changes before.");
  await dialog.getByRole("button", { name: "Ask for approval" }).click();
  await expectGone(dialog);
  return capacity;
}

/** How many seats a visitor's basket could still have. */
async function seatsLeftFor(
  origin: string,
  cookies: Parameters<typeof openApiSession>[2],
): Promise<() => Promise<number>> {
  const { client } = openApiSession(origin, "shop", cookies);
  const { categories } = await client.tickets.catalogue.competitionSession.query({ code: session });
  const offers = categories.find((each) => each.category === category)?.offers;
  const solo = offers?.find(({ kind, name }) => kind === "solo" && name === null);
  if (solo === undefined) throw new Error(`${session} has no solo in category ${category}`);
  return async () => (await client.tickets.sales.availability.query({ offerIds: [solo.id] }))[0]?.left ?? 0;
}
