import { fileURLToPath } from "node:url";
import { openBlankPage } from "@tessera/e2e/browser/blank-page";
import { bundle } from "@tessera/e2e/browser/bundle";
import { findChromium } from "@tessera/e2e/browser/chromium-files";
import { launchBrowser } from "@tessera/e2e/browser/launch";
import { percentile } from "../measure.ts";
import type { Figure } from "../report.ts";
import type * as TabletPage from "../tablet.page.ts";
import { makeGateScene } from "../tickets.ts";

declare const tablet: typeof TabletPage;

const codes = 600;
/** The first codes of a shift are slower, and not what a queue waits for. */
const warmUp = 100;
/** How many times slower than this machine a slow tablet is. */
const slowDown = 6;
const pageFile = fileURLToPath(new URL("../tablet.page.ts", import.meta.url));

/**
 * From a QR code's text to the verdict in Chromium, on the page's main thread slowed down six times. That does not slow
 * WebCrypto, which works on threads of its own: what each code waits for it without the slow-down counts five times more.
 */
export async function measureVerifyOnTablet(): Promise<Figure[]> {
  const { issuerKeys, ...scene } = await makeGateScene(codes);
  const issuerPublicKey = issuerKeys.get(1)?.publicKey;
  if (issuerPublicKey === undefined) throw new Error("no issuer key");
  const browser = await launchBrowser(await findChromium());
  try {
    const page = await openBlankPage(browser);
    await page.addScriptTag({ content: await bundle(pageFile, "tablet") });
    const devTools = await page.context().newCDPSession(page);
    const decideAll = async (rate: number) => {
      await devTools.send("Emulation.setCPUThrottlingRate", { rate });
      const countMs = await page.evaluate(() => tablet.countMs());
      const timings = await page.evaluate((given) => tablet.decideEach(given), { ...scene, issuerPublicKey });
      return { countMs, timings: timings.slice(warmUp) };
    };
    const usual = await decideAll(1);
    const slowed = await decideAll(slowDown);
    // A browser that does not do as it is told would flatter.
    const measured = slowed.countMs / usual.countMs;
    if (measured < slowDown / 2) throw new Error(`the browser slowed down ${measured.toFixed(1)} times only`);
    const whole = usual.timings.map(({ wholeMs }) => wholeMs);
    const slowTablet = slowed.timings.map(
      ({ wholeMs }, index) => wholeMs + (slowDown - 1) * (usual.timings[index]?.webCryptoMs ?? 0),
    );
    return [
      { name: "verify_ms_p95_slow_tablet", value: percentile(slowTablet, 0.95), unit: "ms", goal: { atMost: 25 } },
      { name: "verify_ms_p50_slow_tablet", value: percentile(slowTablet, 0.5), unit: "ms", goal: null },
      { name: "verify_ms_p95_chromium", value: percentile(whole, 0.95), unit: "ms", goal: null },
    ];
  } finally {
    await browser.close();
  }
}
