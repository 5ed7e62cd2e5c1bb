import { expect } from "vitest";
import { expectGone, expectPage, expectShown, expectText } from "./expectations.ts";
import { openApiSession } from "./people/api-session.ts";
import { test } from "./test.ts";

test("limits and tax are changed; who was slower sees what, and loses nothing", async ({ openPage, run, problems }) => {
  problems.expectProblem(/Failed to load resource: .* 409 .*changeSettings/);
  const { client } = openApiSession(run.origin, "admin", run.admin.cookies);
  const first = await client.admin.sales.settings.query();
  const [one, other] = [await openPage({ person: run.admin }), await openPage({ size: "phone", person: run.admin })];
  for (const page of [one, other]) {
    await page.goto("/admin/sales");
    await page.getByRole("link", { name: "Sales settings" }).click();
    await expectPage(page, "Sales settings");
    await expectShown(page.getByRole("textbox", { name: "For a ceremony" }));
  }

  await one.getByRole("textbox", { name: "Rate, in percent" }).fill("a lot");
  await one.getByRole("button", { name: "Save" }).click();
  await expectShown(one.getByText("Write a rate from 0 to 50, with two decimals at most."));
  await one.getByRole("textbox", { name: "Rate, in percent" }).fill("12.34");
  await one.getByRole("button", { name: "Save" }).click();
  await expectShown(one.getByText("Saved. The shop is up to date within a second."));

  const games = first.limits.games + 1;
  await other.getByRole("textbox", { name: "For the whole Games" }).fill(String(games));
  await other.getByRole("button", { name: "Save" }).click();
  const notice = other.getByRole("alert");
  await expectText(notice, /Somebody else has changed these settings .* now 12\.34%/);
  await notice.getByRole("button", { name: "Keep what I typed" }).click();
  await expectGone(notice);
  await other.getByRole("textbox", { name: "Rate, in percent" }).fill("12,34");
  await other.getByRole("button", { name: "Save" }).click();
  await expectShown(other.getByText("Saved. The shop is up to date within a second."));

  const { version, ...now } = await client.admin.sales.settings.query();
  expect(now).toEqual({ limits: { ...first.limits, games }, taxRateBp: 12_34 });
  await client.admin.sales.changeSettings.mutate({ ...first, version });
});
