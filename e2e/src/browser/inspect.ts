import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { inject } from "vitest";

type Look = {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "light" | "dark";
  /** In the language that the page does not have now: words are longer there. */
  readonly translated?: boolean;
};

const phone = { width: 360, height: 740 } as const;
const desktop = { width: 1280, height: 800 } as const;

const looks = {
  /** Where most goes wrong: the narrowest screen. */
  short: [{ viewport: phone, colorScheme: "light" }],
  long: [
    { viewport: phone, colorScheme: "dark" },
    { viewport: phone, colorScheme: "light" },
    { viewport: phone, colorScheme: "light", translated: true },
    { viewport: desktop, colorScheme: "dark" },
    { viewport: desktop, colorScheme: "light" },
  ],
} as const satisfies Record<string, readonly Look[]>;

/** Only colours differ in the dark: what else is wrong there was wrong in the light. */
const rulesOfColour = ["color-contrast", "link-in-text-block"];

/**
 * Looks at the page as it stands, on a phone, and in the long run on all screens: what axe finds wrong, and what is
 * wider than the screen. Each finding names the rule and the elements.
 */
export async function inspect(page: Page): Promise<string[]> {
  const findings: string[] = [];
  const before = page.viewportSize();
  for (const look of looks[inject("effort")]) findings.push(...(await lookAt(page, look)));
  if (before !== null) await page.setViewportSize(before);
  return findings;
}

async function lookAt(page: Page, { viewport, colorScheme, translated = false }: Look): Promise<string[]> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  if (translated) await translate(page);
  await page.waitForFunction(isSettledIn, colorScheme);
  const where = `${viewport.width} px, ${colorScheme}, ${await page.locator("html").getAttribute("lang")}`;
  // No page of ours has frames: it is quicker when it need not look for them.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await (colorScheme === "light" ? axe : axe.withRules(rulesOfColour)).analyze();
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (translated) await translate(page);
  return [
    ...violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ...(excess > 0 ? [`${where}: ${excess} px too wide`] : []),
  ];
}

/** To the other language, also where a dialog stands before the button. Pages that the server draws have none. */
async function translate(page: Page): Promise<void> {
  const next = await page.evaluate(() => {
    const button = document.querySelector<HTMLElement>("header button[lang]");
    button?.click();
    return button?.lang;
  });
  if (next !== undefined) await page.locator(`html[lang="${next}"]`).waitFor();
}

/** The page has taken the scheme on (those that the server draws have no choice), and no colour is on its way. */
function isSettledIn(colorScheme: string): boolean {
  const { mantineColorScheme = colorScheme } = document.documentElement.dataset;
  const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  return mantineColorScheme === colorScheme && moving.length === 0;
}
