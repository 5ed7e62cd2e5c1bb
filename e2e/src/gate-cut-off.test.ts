import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { keepBrowser } from "./browser/kept-browser.ts";
import { cutNetwork, noNetwork, restoreNetwork } from "./browser/network.ts";
import { expectGone, expectPage, expectShown, expectText, plain } from "./expectations.ts";
import { expectVerdict, openGate, typeCode } from "./gate/scan.ts";
import { beginShift, setUpTablet, typePin } from "./gate/tablet.ts";
import { newEmployee } from "./people/new-employee.ts";
import { registerVisitor } from "./people/sign-in.ts";
import { activateTickets, buy } from "./shop/buy.ts";
import { codeAsText, liveCode } from "./shop/live-code.ts";
import { test } from "./test.ts";

const session = "BKB05";
const [holder, tabletName] = ["Ottilie Nightingale", "Gate A, by the stairs"];

test("two cut-off tablets admit one ticket, one of them is killed, and the supervisor sees one incident and three people", async ({
  openPage,
  problems,
  run,
}) => {
  const phone = await openPage({ size: "phone", person: await registerVisitor(run.origin, holder) });
  await buy(phone, session, [{ offer: "Duo", category: "A" }]);
  await activateTickets(phone);

  const [supervisor, volunteer] = await Promise.all([
    newEmployee(run, { role: "supervisor", displayName: "Sam Roy", audience: "admin" }),
    newEmployee(run, { role: "staff", displayName: "Ines Roux" }),
  ]);
  const dashboard = await openPage({ person: supervisor });
  const device = await keepBrowser(run.chromium, {
    baseURL: run.origin,
    locale: "en-GB",
    viewport: { width: 1024, height: 768 },
    hasTouch: true,
  });
  try {
    const first = await openScanner(await device.start());
    await enrol(dashboard, first);
    await beginShift(first, volunteer.cookies);
    await expectPage(first, tabletName);
    await openGate(first, session, "Gate A");

    const second = await openPage({ size: "tablet" });
    const { name: secondName } = await setUpTablet(second, run, { sessions: [session], gate: "B" });
    await openGate(second, session, "Gate B");
    await watchGates(dashboard);
    await expectGone(first.getByText("No list"), second.getByText("No list"));

    problems.expectProblem(noNetwork);
    await Promise.all([cutNetwork(first.context()), cutNetwork(second.context())]);

    // The first tablet admits, and refuses a copy.
    await typeCode(first, await codeAsText(phone));
    await expectVerdict(first, "Go in", holder, "Not confirmed by the server");
    await typeCode(first, await codeAsText(phone));
    await expectVerdict(first, "Refused", "Already in", "Right here");
    await expectShown(first.getByText("1 entry here", { exact: true }), first.getByText("2 to send"));

    // Its battery is taken out: without a network it starts again, and knows what it has done.
    await device.kill();
    const again = await openScanner(await device.start({ offline: true }));
    await expectPage(again, "Tablet locked");
    await typePin(again);
    await openGate(again, session, "Gate A");
    await expectShown(again.getByText("1 entry here", { exact: true }), again.getByText("2 to send"));
    await typeCode(again, await codeAsText(phone));
    await expectVerdict(again, "Refused", "Already in", "Right here", holder);

    // What the first has done the second cannot know; the other ticket goes in by it alone.
    await typeCode(second, await codeAsText(phone));
    await expectVerdict(second, "Go in", holder, "Not confirmed by the server");
    await phone.getByRole("button", { name: "Next ticket" }).click();
    await expectShown(phone.getByText("2 of 2"), liveCode(phone));
    await typeCode(second, await codeAsText(phone));
    await expectVerdict(second, "Go in", holder);
    await expectShown(second.getByText("2 entries here", { exact: true }));
    await expectFigures(dashboard, { "People inside": 0, "Tickets in": 0 });
    await expectShown(dashboard.getByText("Nothing to look at for the moment."));

    await Promise.all([restoreNetwork(again.context()), restoreNetwork(second.context())]);

    // Nobody reloads anything: the screens say it by themselves.
    await expectFigures(dashboard, { "People inside": 3, Entries: 3, "Tickets in": 2, Refusals: 2 });
    const incidents = dashboard.getByRole("list", { name: "Open incidents" }).getByRole("listitem");
    await expectText(incidents.first(), /Admitted twice.*Ottilie Nightingale.*Gate A · Gate B/);
    expect(await incidents.count()).toBe(1);
    await expectGone(again.getByText(/to send/), second.getByText(/to send/));
    for (const tablet of [again, second]) await expectShown(tablet.getByText("2 tickets inside", { exact: true }));

    await deal(dashboard, [tabletName, secondName]);
    await watchGates(dashboard);
    await expectShown(dashboard.getByText("Nothing to look at for the moment."));
    await expectFigures(dashboard, { "People inside": 3 });
  } finally {
    await device.close();
  }
});

/** Whoever has worked at a gate before needs no help. */
async function openScanner(context: BrowserContext): Promise<Page> {
  await context.addInitScript(() => localStorage.setItem("tessera.scanner.help", "seen"));
  const page = await context.newPage();
  await page.goto("/scanner");
  return page;
}

/** A supervisor with the dashboard, and somebody with a device beside them. */
async function enrol(dashboard: Page, device: Page): Promise<void> {
  await dashboard.goto("/admin/gate/tablets/new");
  await dashboard.getByRole("combobox", { name: "Venue" }).click();
  await dashboard.getByRole("option", { name: /Intuit Dome/ }).click();
  await dashboard.getByRole("combobox", { name: "Gate" }).click();
  await dashboard.getByRole("option", { name: /^Gate A/ }).click();
  await dashboard.getByRole("checkbox", { name: new RegExp(session) }).check();
  await dashboard.getByRole("textbox", { name: "Name" }).fill(tabletName);
  await dashboard.getByRole("button", { name: "Show the code" }).click();
  const code = await dashboard.getByRole("group", { name: "Enrolment code" }).innerText();
  await device.getByRole("textbox", { name: "Tablet code" }).fill(code);
  await device.getByRole("button", { name: "Enrol the tablet" }).click();

  const [here, there] = [dashboard.getByLabel("Comparison code"), device.getByLabel("Comparison code")];
  await expectShown(here, there);
  expect(plain(await here.innerText())).toBe(plain(await there.innerText()));
  await dashboard.getByRole("button", { name: "Yes, confirm" }).click();
  await expectShown(dashboard.getByRole("heading", { name: `${tabletName} is enrolled` }));
  await expectPage(device, "Sign in");
}

async function watchGates(dashboard: Page): Promise<void> {
  await dashboard.goto("/admin/gate");
  const sessions = dashboard.getByRole("combobox", { name: "Session" });
  await sessions.fill(session);
  await dashboard.getByRole("option", { name: new RegExp(session) }).click();
  await expectShown(dashboard.getByText("Live", { exact: true }));
}

async function expectFigures(dashboard: Page, figures: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, value] of Object.entries(figures)) {
    const figure = dashboard.locator("dl > div").filter({ has: dashboard.getByText(name, { exact: true }) });
    await expectText(figure.getByRole("definition").first(), new RegExp(`^${value}$`));
  }
}

/** Both tablets are named, with what each knew; what was done is written down. */
async function deal(dashboard: Page, tablets: readonly string[]): Promise<void> {
  await dashboard.getByRole("link", { name: `Open the incident: Admitted twice, ${holder}` }).click();
  await expectPage(dashboard, "Admitted twice");
  const scans = dashboard.getByRole("region", { name: "What happened" }).getByRole("listitem");
  for (const [index, tablet] of tablets.entries()) {
    const scan = scans.filter({ hasText: tablet }).filter({ hasText: "Went through" });
    await expectText(scan, index === 0 ? "Gate A" : "Gate B");
    await expectText(scan, "It was cut off.");
    await expectText(scan, "Ines Roux");
  }
  await dashboard.getByRole("textbox", { name: "What have you done?" }).fill("Both found; one was shown out.");
  await dashboard.getByRole("button", { name: "Close the incident" }).click();
  await expectText(dashboard.locator("blockquote"), /Both found; one was shown out\. Sam Roy/);
}
