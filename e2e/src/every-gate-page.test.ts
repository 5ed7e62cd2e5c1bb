import { expect } from "vitest";
import { at, expectAllGood } from "./browser/stops.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { openApiTablet } from "./gate/api-tablet.ts";
import { openGate, typeCode } from "./gate/scan.ts";
import { setUpTablet } from "./gate/tablet.ts";
import { newEmployee } from "./people/new-employee.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { test } from "./test.ts";

// Every kind of page works for everybody: axe finds nothing, and nothing is wider than a phone.

const session = "WPO01";

test("of the gates in the dashboard, for a supervisor", async ({ openPage, run }) => {
  const supervisor = await newEmployee(run, { role: "supervisor", displayName: "Sam Roy", audience: "admin" });
  const tablet = await openApiTablet(run, { sessions: [session], gate: "A" });
  expect(await tablet.uploadAdmitted("TSR1:NO TICKET")).toMatchObject({ taken: [1] });
  const page = await openPage({ person: supervisor });
  await expectAllGood(page, [
    {
      name: "now",
      go: async () => {
        await page.goto("/admin/gate");
        await page.getByRole("combobox", { name: "Session" }).fill(session);
        await page.getByRole("option", { name: new RegExp(session) }).click();
        await expectShown(page.getByRole("link", { name: /^Open the incident: Went in without a ticket/ }));
      },
    },
    {
      name: "an incident",
      go: async () => {
        await page.getByRole("link", { name: /^Open the incident: Went in without a ticket/ }).click();
        await expectPage(page, "Went in without a ticket");
        await page.getByRole("button", { name: "Close the incident" }).click();
        await expectShown(page.getByText("This answer is needed."));
      },
    },
    at("/admin/gate/incidents", "Incidents"),
    at("/admin/gate/incidents/nothing", "Incident"),
    {
      name: "tablets",
      go: async () => {
        await page.goto("/admin/gate/tablets");
        await expectShown(page.getByRole("button", { name: /^Act on tablet / }).first());
      },
    },
    {
      name: "a tablet's code",
      go: async () => {
        await page.goto("/admin/gate/tablets/new");
        await page.getByRole("combobox", { name: "Venue" }).click();
        await page.getByRole("option").first().click();
        await page.getByRole("combobox", { name: "Gate" }).click();
        await page.getByRole("option", { name: /^Gate B/ }).click();
        await page.getByRole("textbox", { name: "Name" }).fill("Gate B, by the river");
        await page.getByRole("button", { name: "Show the code" }).click();
        await expectShown(page.getByRole("group", { name: "Enrolment code" }));
      },
    },
  ]);
});

test("of a tablet, and what opens on it", async ({ openPage, run }) => {
  await buyByApi(run.origin, await registerVisitor(run.origin, "Zora Every"), [
    { session, kind: "solo", category: "A", count: 1 },
  ]);
  const page = await openPage();
  await expectAllGood(page, [at("/scanner", "Enrol this tablet")]);
  await setUpTablet(page, run, { sessions: [session], gate: "B", role: "supervisor" });
  await openGate(page, session, "Gate B");
  const close = () => page.keyboard.press("Escape");
  await expectAllGood(page, [
    {
      name: "somebody found by name",
      go: async () => {
        await page.getByRole("button", { name: "Find a name" }).click();
        await page.getByRole("searchbox", { name: "Name, or reference" }).fill("zora");
        await expectShown(page.getByRole("dialog").getByRole("button", { name: /Zora Every/ }));
      },
    },
    {
      name: "a look",
      go: async () => {
        await page
          .getByRole("dialog")
          .getByRole("button", { name: /Zora Every/ })
          .click();
        await expectShown(page.getByRole("button", { name: "Let in", exact: true }));
      },
    },
    {
      name: "tickets by zone",
      go: async () => {
        await page.getByRole("button", { name: /inside$/ }).click();
        await expectShown(page.getByRole("dialog").getByRole("rowheader", { name: "Zone 1" }));
      },
    },
    {
      name: "a supervisor's reason",
      go: async () => {
        await close();
        await typeCode(page, "https://example.org/");
        await page.getByRole("button", { name: "Supervisor…" }).click();
        await expectShown(page.getByRole("radio", { name: "The list is wrong" }));
      },
    },
    {
      name: "a supervisor's PIN",
      go: async () => {
        await page.getByRole("radio", { name: "The list is wrong" }).check();
        await page.getByRole("button", { name: "Continue" }).click();
        await expectShown(page.getByRole("dialog").getByRole("button", { name: "7", exact: true }));
      },
    },
    {
      name: "help",
      go: async () => {
        await close();
        await page.getByRole("button", { name: "Menu" }).click();
        await page.getByRole("menuitem", { name: "Help" }).click();
        await expectShown(page.getByRole("heading", { name: "How to check a ticket" }));
      },
    },
  ]);
});
