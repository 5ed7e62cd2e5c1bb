import { fileURLToPath } from "node:url";
import { bundle } from "@tessera/e2e/browser/bundle";
import { type Camera, openCamera } from "@tessera/e2e/browser/camera";
import { findChromium } from "@tessera/e2e/browser/chromium-files";
import { keepBrowser, type KeptBrowser } from "@tessera/e2e/browser/kept-browser";
import { openGate as openGateOn } from "@tessera/e2e/gate/scan";
import { pin, setUpTablet } from "@tessera/e2e/gate/tablet";
import { codeOf } from "@tessera/simulation/showings";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { toBuffer } from "qrcode";
import type { Bench } from "../bench.ts";
import { type BenchGate, openGate } from "../gate.ts";
import { median, percentile } from "../measure.ts";
import type { Figure } from "../report.ts";
import type * as ScannerPage from "../scanner.page.ts";
import { startServer } from "../server.ts";
import { insertShoppers } from "../shoppers.ts";
import { fillStadium } from "../stadium.ts";

declare const scanner: typeof ScannerPage;

const tickets = 80_000;
const scans = 60;
/** The first ones of a shift are slower, and ask the server until they have been left without an answer. */
const warmUp = 6;
const starts = 5;
/** How many times slower than this machine a slow tablet is. */
const slowDown = 6;
const [session, gateCode] = ["SIM01", "B"];
const pageFile = fileURLToPath(new URL("../scanner.page.ts", import.meta.url));

/**
 * The scanner as it is served, on a tablet that has the list of a full stadium and no network, slowed down six times: from
 * the camera's frame to the verdict on the screen, and from a dead browser to the PIN, to the home screen, to the gate. The
 * slow-down slows the page's main thread; what is waited for workers and WebCrypto is counted six times instead.
 */
export async function measureTablet(bench: Bench): Promise<Figure[]> {
  const chromium = await findChromium();
  const gate = await openGate(bench, 6 * scans);
  const { competitionSessionId } = gate.venue;
  const { rows } = await bench.owner.query<{ there: number }>(
    "select count(*)::int as there from ticket where competition_session_id = $1",
    [competitionSessionId],
  );
  await fillStadium(bench, tickets - (rows[0]?.there ?? 0), competitionSessionId);
  const [admin] = (await insertShoppers(bench, 1, { role: "admin", audience: "admin" })).all;
  if (admin === undefined) throw new Error("nobody can enrol a tablet");
  const server = await startServer(bench);
  const camera = await openCamera(chromium);
  const device = await keepBrowser(chromium, {
    camera: camera.file,
    baseURL: server.origin,
    locale: "en-GB",
    viewport: { width: 1024, height: 768 },
    hasTouch: true,
  });
  try {
    const context = await device.start();
    const page = await context.newPage();
    await watch(context);
    const cookies = [{ name: "tessera_admin", value: admin.token, url: server.origin }];
    const office = { origin: server.origin, otherAdmin: { cookies } };
    const { name } = await setUpTablet(page, office, { sessions: [session], gate: gateCode });
    await openGateOn(page, session, `Gate ${gateCode}`);
    await page.getByText("Show the code of the ticket").waitFor({ timeout: 60_000 });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));

    await context.setOffline(true);
    await server.stop();
    const codes = ownCodes(gate);
    const usual = await scanAll(page, camera, codes);
    const countMs = await page.evaluate(() => scanner.countMs());
    await slow(page);
    await expectSlow(page, countMs);
    const slowed = await scanAll(page, camera, codes);
    const elsewhereMs = median(usual.map((scan) => scan.elsewhereMs));
    const verdicts = slowed.map(({ wholeMs }) => wholeMs + (slowDown - 1) * elsewhereMs);

    const cold: Awaited<ReturnType<typeof startAgain>>[] = [];
    for (let start = 0; start < starts; start += 1) cold.push(await startAgain(device, name, countMs));
    const [toPin, toHome, toGate] = (["pin", "home", "gate"] as const).map((step) =>
      median(cold.map((one) => one[step])),
    );
    return [
      { name: "verdict_ms_p95_80k", value: percentile(verdicts, 0.95), unit: "ms", goal: { atMost: 250 } },
      { name: "verdict_ms_p50_80k", value: percentile(verdicts, 0.5), unit: "ms", goal: null },
      { name: "scanner_cold_start_offline_ms", value: toPin ?? NaN, unit: "ms", goal: { atMost: 2500 } },
      { name: "scanner_unlock_offline_ms", value: toHome ?? NaN, unit: "ms", goal: null },
      { name: "scanner_open_gate_offline_ms", value: toGate ?? NaN, unit: "ms", goal: null },
    ];
  } finally {
    await Promise.all([device.close(), camera.close()]);
    await server.stop();
  }
}

async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: `${await bundle(pageFile, "scanner")}\nglobalThis.scanner = scanner;` });
  await context.addInitScript(() => localStorage.setItem("tessera.scanner.help", "seen"));
}

/** Each of another ticket that is good at this gate, shown as of now by a phone whose clock is right. */
function ownCodes({ venue, tickets: issued }: BenchGate): () => Promise<string> {
  const zones = venue.gates.find(({ code }) => code === gateCode)?.zones ?? [];
  const good = issued.filter(({ zone, party }) => zones.includes(zone) && Math.abs(party.clockErrorMs) < 5000).values();
  return () => {
    const { value } = good.next();
    if (value === undefined) throw new Error("there are too few tickets");
    return codeOf(value, Date.now());
  };
}

/** What each scan took but for the first ones. */
async function scanAll(page: Page, camera: Camera, codes: () => Promise<string>): Promise<ScannerPage.Watched[]> {
  for (let scan = 0; scan < warmUp + scans; scan += 1) {
    const png = await toBuffer([{ data: await codes(), mode: "alphanumeric" }], { errorCorrectionLevel: "M" });
    await camera.filmShot({ png, takenAt: Date.now() });
    await page.waitForFunction((least) => scanner.verdictsShown() >= least, scan + 1);
    await page.getByRole("status", { name: "Verdict" }).filter({ hasText: "Go in" }).waitFor();
    // The next person comes a moment later.
    await page.waitForTimeout(800);
  }
  return (await page.evaluate(() => scanner.takeVerdicts())).slice(warmUp);
}

/** Ends the browser at once and starts it without a network, until the gate is open again. */
async function startAgain(device: KeptBrowser, tabletName: string, countMs: number) {
  await device.kill();
  const context = await device.start({ offline: true });
  await watch(context);
  const page = await context.newPage();
  await slow(page);
  await page.goto("/scanner");
  const toPin = await took(page, "Tablet locked");
  await page.keyboard.type(pin);
  await page.keyboard.press("Enter");
  const toHome = await took(page, tabletName);
  await page.getByRole("radio", { name: new RegExp(session) }).check();
  await page.getByRole("link", { name: "Open the gate" }).click();
  const toGate = await took(page, `Gate ${gateCode} · ${session}`);
  await expectSlow(page, countMs);
  return { pin: toPin, home: toHome, gate: toGate };
}

/** Milliseconds of a slow tablet until a heading was on the screen. */
async function took(page: Page, heading: string): Promise<number> {
  await page.waitForFunction(
    (wanted) => scanner.headingShown().heading === wanted && scanner.headingShown().took !== null,
    heading,
  );
  const { took: watched } = await page.evaluate(() => scanner.headingShown());
  if (watched === null) throw new Error(`${heading} was not seen`);
  return watched.wholeMs + (slowDown - 1) * watched.elsewhereMs;
}

/** Slows a page's main thread down. */
async function slow(page: Page): Promise<void> {
  const devTools: CDPSession = await page.context().newCDPSession(page);
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
}

/** A browser that does not do as it is told would flatter. */
async function expectSlow(page: Page, usualMs: number): Promise<void> {
  const measured = (await page.evaluate(() => scanner.countMs())) / usualMs;
  if (measured < slowDown / 2) throw new Error(`the browser slowed down ${measured.toFixed(1)} times only`);
}
