import type { Page } from "playwright-core";
import type { Camera } from "../browser/camera.ts";
import { cutNetwork, restoreNetwork } from "../browser/network.ts";
import { expectPage, expectShown } from "../expectations.ts";
import type { Office } from "../provided.ts";
import { activateTickets, buy } from "../shop/buy.ts";
import { codeAsText, liveCode } from "../shop/live-code.ts";
import { takePicture } from "../take-picture.ts";
import { openApiTablet } from "./api-tablet.ts";
import { openGate } from "./scan.ts";
import { setUpTablet } from "./tablet.ts";

type Stage = {
  readonly session: string;
  readonly run: Office;
  readonly camera: Camera;
  /** Of whoever goes to the Games. */
  readonly phone: Page;
  readonly holder: string;
};

/** Buys two tickets and shows the first. */
export async function buyAndShow({ session, phone }: Stage): Promise<void> {
  await buy(phone, session, [{ offer: "Duo", category: "A" }]);
  await takePicture(phone, "shop-paid-phone");
  await activateTickets(phone);
  await takePicture(phone, "ticket-phone");
}

/** What a volunteer sees from the first minute to the tunnel without signal, once for each page: light or dark. */
export async function photographGate(stage: Stage, tablet: Page, suffix: string): Promise<void> {
  const { session, run, camera, phone, holder } = stage;
  const take = (name: string) => takePicture(tablet, `scanner-${name}${suffix}`);
  // Not by `expectVerdict`: outside Vitest nothing polls.
  const said = (words: string) =>
    expectShown(tablet.getByRole("status", { name: "Verdict" }).filter({ hasText: words }));
  const next = async (): Promise<void> => {
    await camera.filmNothing();
    await tablet.getByRole("button", { name: "Next" }).click();
    await expectShown(tablet.getByText("Show the code of the ticket"));
  };
  await camera.filmNothing();
  await setUpTablet(tablet, run, { sessions: [session], gate: "B", displayName: "Maya Chen" });
  await openGate(tablet, session, "Gate B");
  await expectShown(tablet.getByText("Show the code of the ticket"));
  await take("ready");

  await tablet.getByRole("button", { name: "Menu" }).click();
  await tablet.getByRole("menuitem", { name: "Help" }).click();
  await expectShown(tablet.getByRole("heading", { name: "How to check a ticket" }));
  await take("help");
  await tablet.getByRole("button", { name: "Got it" }).click();

  await camera.film(liveCode(phone));
  await said(holder);
  await take("admitted");
  await next();
  await camera.film(liveCode(phone));
  await said("Already in");
  await take("refused");
  await next();

  await tablet.getByRole("button", { name: "Find a name" }).click();
  await tablet.getByRole("searchbox", { name: "Name, or reference" }).fill(holder);
  await tablet
    .getByRole("dialog")
    .getByRole("button", { name: /Not in yet/ })
    .first()
    .click();
  await said("Look closer");
  await take("check");
  await tablet.getByRole("button", { name: "Send away" }).click();

  await cutNetwork(tablet.context());
  await phone.getByRole("button", { name: "Next ticket" }).click();
  await expectShown(phone.getByText("2 of 2"), liveCode(phone));
  await camera.film(liveCode(phone));
  await said("Not confirmed by the server");
  await expectShown(tablet.getByText("No network"));
  await take("cut-off");
  await restoreNetwork(tablet.context());
}

/** A copy goes in at another gate, by a tablet that was cut off; a supervisor sees it. */
export async function photographIncident({ session, run, phone, holder }: Stage, dashboard: Page): Promise<void> {
  const other = await openApiTablet(run, { sessions: [session], gate: "A" });
  await other.uploadAdmitted(await codeAsText(phone));
  await dashboard.goto("/admin/gate");
  await dashboard.getByRole("combobox", { name: "Session" }).fill(session);
  await dashboard.getByRole("option", { name: new RegExp(session) }).click();
  await dashboard.keyboard.press("Tab");
  const incident = dashboard.getByRole("link", { name: `Open the incident: Admitted twice, ${holder}` }).first();
  await expectShown(incident);
  await takePicture(dashboard, "dashboard-gate");
  await incident.click();
  await expectPage(dashboard, "Admitted twice");
  await takePicture(dashboard, "dashboard-incident", { fullPage: true });
}
