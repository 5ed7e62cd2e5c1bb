import { describe, expect } from "vitest";
import { expectPage, expectShown } from "./expectations.ts";
import { openApiSession } from "./people/api-session.ts";
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

  test("a gate in the scanner", async ({ openPage, run, camera }) => {
    const gates = openApiSession(run.origin, "scanner", run.supervisor.cookies);
    const [choice] = await gates.client.validation.gate.competitionSessions.query();
    const [address, gate] = [choice?.competitionSession.id, choice?.gates[0]];
    const page = await openPage({ size: "tablet", browser: camera.browser });
    await page.goto(`/scanner/${address}/${gate?.id}`);
    await expectPage(page, "Sign in");
    await signInByForm(page, run.supervisor);
    await expectPage(page, choice?.competitionSession.code ?? "");
    await expectShown(page.getByText("Hold up the ticket’s code"));
  });

  test("a visitor’s account opens neither the dashboard nor the scanner", async ({ openPage, run, problems }) => {
    problems.expectProblem(/Failed to load resource: .* 4\d\d /);
    const person = await registerVisitor(run.origin);
    const page = await openPage({ person });
    for (const address of ["/admin", "/scanner"]) {
      await page.goto(address);
      await expectPage(page, "Sign in");
      await page.getByRole("textbox", { name: "E-mail address" }).fill(person.email);
      await page.getByRole("textbox", { name: "Password" }).fill(person.password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expectShown(page.getByRole("alert"));
    }
  });
});
