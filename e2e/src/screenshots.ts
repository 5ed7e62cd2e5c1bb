import type { Browser, Page } from "playwright-core";
import { type Camera, openCamera } from "./browser/camera.ts";
import { findChromium } from "./browser/chromium-files.ts";
import { launchBrowser } from "./browser/launch.ts";
import { type Device, openContext } from "./browser/open-context.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { buyAndShow, photographGate, photographIncident } from "./gate/pictures.ts";
import type { Person } from "./people/person.ts";
import { registerVisitor, signIn } from "./people/sign-in.ts";
import { demoAccountOf } from "./server/demo-accounts.ts";
import { type Server, startServer } from "./server/start-server.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { takePicture } from "./take-picture.ts";

// Makes the pictures of the README anew: `node e2e/src/screenshots.ts`, after `pnpm build`.

const session = "SWM05";

const server = await startServer();
try {
  await sellSome(server.origin);
  const chromium = await findChromium();
  const browser = await launchBrowser(chromium);
  const camera = await openCamera(chromium);
  try {
    await takeAll(server, browser, camera);
  } finally {
    await Promise.all([browser.close(), camera.close()]);
  }
} finally {
  await server.stop();
}

/** A morning's sales, so that the dashboard has something to show. */
async function sellSome(origin: string): Promise<void> {
  const sold = ["SWM05", "ATH05", "GAR03", "BKB04", "CER01", "VBV02", "TEN02", "DIV01", "ATH08", "FBL05", "SKB01"];
  for (const [index, code] of sold.entries()) {
    const buyer = await registerVisitor(origin);
    for (const other of [code, ...sold.slice(index + 1, index + 4)]) {
      const kind = index % 3 === 0 ? "duo" : "solo";
      await buyByApi(origin, buyer, [{ session: other, kind, category: "A", count: 1 + (index % 2) }]);
    }
    if (code !== "CER01")
      await buyByApi(origin, buyer, [{ session: "TTE01", kind: "family", category: "B", count: 1 }]);
  }
}

async function takeAll({ origin, demoAccounts }: Server, browser: Browser, camera: Camera): Promise<void> {
  const visitor = await registerVisitor(origin, "Zoé Lefèvre");
  const account = (email: string) => demoAccountOf(demoAccounts, `${email}@tessera.example`);
  const admin = await signIn(origin, "admin", account("admin"));
  const open = async (device: Device, from: Browser = browser): Promise<Page> =>
    (await openContext(from, origin, device)).newPage();

  await takeProgramme(await open({ person: visitor }), "shop-programme");
  await takeProgramme(await open({ size: "phone", person: visitor }), "shop-programme-phone");
  await takeProgramme(await open({ size: "phone", colorScheme: "dark", person: visitor }), "shop-programme-phone-dark");
  await takeSession(await open({ person: visitor }));
  await takeGate({ origin, admin }, camera, open);
  await takeDashboard(await open({ person: admin }), "dashboard-overview", "/admin", "Overview");
  await takeDashboard(
    await open({ person: admin, colorScheme: "dark" }),
    "dashboard-sales-dark",
    "/admin/sales",
    "Sales",
  );
}

async function takeProgramme(page: Page, name: string): Promise<void> {
  await page.goto("/?day=2028-07-22");
  await expectPage(page, "Programme");
  await expectShown(page.getByRole("listitem").filter({ hasText: "JUD02" }));
  await takePicture(page, name);
}

async function takeSession(page: Page): Promise<void> {
  await page.goto(`/sessions/${session}`);
  await page.getByRole("button", { name: "One more: Duo, category A" }).click();
  await expectShown(page.getByRole("button", { name: "Add 2 tickets to basket" }));
  await takePicture(page, "shop-session");
}

/** A tablet in the light and one in the dark, each with somebody of their own to let in; and what a supervisor sees. */
async function takeGate(
  { origin, admin }: { readonly origin: string; readonly admin: Person },
  camera: Camera,
  open: (device: Device, from?: Browser) => Promise<Page>,
): Promise<void> {
  for (const [colorScheme, suffix, holder] of [
    ["dark", "-dark", "Camille Martin"],
    ["light", "", "Zoé Lefèvre"],
  ] as const) {
    const phone = await open({ size: "phone", person: await registerVisitor(origin, holder) });
    const stage = { session, run: { origin, otherAdmin: admin }, camera, phone, holder };
    await buyAndShow(stage);
    const tablet = await open({ size: "tablet", colorScheme }, camera.browser);
    await photographGate(stage, tablet, suffix);
    if (colorScheme === "light") await photographIncident(stage, await open({ person: admin }));
    // Else it would go on scanning whatever is before the camera.
    await tablet.context().close();
  }
}

/** The chart is drawn for the eyes only, and so it is not found by what it is called. */
async function takeDashboard(page: Page, name: string, address: string, heading: string): Promise<void> {
  await page.goto(address);
  await expectPage(page, heading);
  await expectShown(page.getByText("SWM05").first(), page.locator("figure svg").first());
  await takePicture(page, name, { fullPage: name === "dashboard-overview" });
}
