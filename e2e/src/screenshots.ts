import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { type Camera, openCamera } from "./browser/camera.ts";
import { findChromium } from "./browser/chromium-files.ts";
import { launchBrowser } from "./browser/launch.ts";
import { type Device, openContext } from "./browser/open-context.ts";
import { expectPage, expectShown } from "./expectations.ts";
import { openGate } from "./gate/scan.ts";
import { setUpTablet } from "./gate/tablet.ts";
import { registerVisitor, signIn } from "./people/sign-in.ts";
import { demoAccountOf } from "./server/demo-accounts.ts";
import { type Server, startServer } from "./server/start-server.ts";
import { buyByApi } from "./shop/buy-by-api.ts";
import { activateTickets, buy } from "./shop/buy.ts";

// Makes the pictures of the README anew: `node e2e/src/screenshots.ts`, after `pnpm build`.

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const mostBytes = 200_000;
const session = "SWM05";

const server = await startServer();
try {
  await mkdir(folder, { recursive: true });
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
  await takeGate(
    await open({ size: "phone", person: visitor }),
    await open({ size: "tablet" }, camera.browser),
    camera,
    { origin, otherAdmin: admin },
  );
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
  await take(page, name);
}

async function takeSession(page: Page): Promise<void> {
  await page.goto(`/sessions/${session}`);
  await page.getByRole("button", { name: "One more: Duo, category A" }).click();
  await expectShown(page.getByRole("button", { name: "Add 2 tickets to basket" }));
  await take(page, "shop-session");
}

async function takeGate(
  phone: Page,
  tablet: Page,
  camera: Camera,
  run: Parameters<typeof setUpTablet>[1],
): Promise<void> {
  await buy(phone, session, [{ offer: "Duo", category: "A" }]);
  await take(phone, "shop-paid-phone");
  await activateTickets(phone);
  await take(phone, "ticket-phone");

  await setUpTablet(tablet, run, { sessions: [session], gate: "B" });
  await openGate(tablet, session, "Gate B");
  const code = phone.getByRole("img", { name: /^Entry code of ticket/ });
  await camera.film(code);
  const verdict = tablet.getByRole("status", { name: "Verdict" });
  await expectShown(verdict.filter({ hasText: "Zoé Lefèvre" }));
  await take(tablet, "scanner-admitted");
  await camera.filmNothing();
  await tablet.getByRole("button", { name: "Next" }).click();
  await camera.film(code);
  await expectShown(verdict.filter({ hasText: "Already in" }));
  await take(tablet, "scanner-refused");
}

/** The chart is drawn for the eyes only, and so it is not found by what it is called. */
async function takeDashboard(page: Page, name: string, address: string, heading: string): Promise<void> {
  await page.goto(address);
  await expectPage(page, heading);
  await expectShown(page.getByText("SWM05").first(), page.locator("figure svg").first());
  await take(page, name, { fullPage: name === "dashboard-overview" });
}

async function take(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === "finished"));
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, fullPage });
  const { size } = await stat(file);
  if (size > mostBytes) throw new Error(`${name}.png has ${size} bytes, more than ${mostBytes}`);
  process.stdout.write(`${name}.png ${Math.round(size / 1000)} kB\n`);
}
