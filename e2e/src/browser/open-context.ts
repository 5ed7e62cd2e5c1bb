import type { Browser, BrowserContext } from "playwright-core";
import type { Person } from "../people/person.ts";

const viewports = {
  phone: { width: 360, height: 740 },
  tablet: { width: 1024, height: 768 },
  desktop: { width: 1280, height: 800 },
} as const;

/** Who sits before which device. */
export type Device = {
  readonly size?: keyof typeof viewports;
  /** What the browser asks for; English by itself. */
  readonly locale?: "en-GB" | "fr-FR";
  readonly colorScheme?: "light" | "dark";
  readonly person?: Person;
};

/** How long one step of a page may take: the machine is busy with a browser, a server and a database. */
const stepMs = 20_000;

/** A browser of somebody's own, with nothing in it but their auth session. */
export async function openContext(browser: Browser, origin: string, device: Device): Promise<BrowserContext> {
  const { size = "desktop", locale = "en-GB", colorScheme = "light", person } = device;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: viewports[size],
    deviceScaleFactor: size === "phone" ? 2 : 1,
    hasTouch: size !== "desktop",
    locale,
    colorScheme,
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(stepMs);
  await context.addCookies([...(person?.cookies ?? [])]);
  return context;
}
