import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { inject } from "vitest";

const phone = { width: 360, height: 740 } as const;
const desktop = { width: 1280, height: 800 } as const;
/** Only colours differ in the dark: what else is wrong there was wrong in the light. */
const rulesOfColour = ["color-contrast", "link-in-text-block"];

const looks = {
  /** Where most goes wrong: the narrowest screen. */
  phone: [{ viewport: phone, colorSchemes: ["light"] }],
  everywhere: [
    { viewport: phone, colorSchemes: ["light", "dark"] },
    { viewport: desktop, colorSchemes: ["light", "dark"] },
  ],
} as const;

/** On which screens pages are looked at. */
export type Looks = keyof typeof looks;

/**
 * Looks at the page as it stands, on a phone, and in the long run also on a desktop and in the dark: what axe finds
 * wrong, and what is wider than the screen. Each finding names the rule and the elements.
 */
export async function inspect(page: Page): Promise<string[]> {
  const findings: string[] = [];
  const before = page.viewportSize();
  for (const { viewport, colorSchemes } of looks[inject("looks")]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of colorSchemes) {
      await page.emulateMedia({ colorScheme });
      await page.waitForFunction(isSettledIn, colorScheme);
      const where = `${viewport.width} px, ${colorScheme}`;
      // No page of ours has frames: it is quicker when it need not look for them.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
      const { violations } = await (colorScheme === "light" ? axe : axe.withRules(rulesOfColour)).analyze();
      findings.push(
        ...violations.map(
          ({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
        ),
      );
    }
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (excess > 0) findings.push(`${viewport.width} px: ${excess} px too wide`);
  }
  if (before !== null) await page.setViewportSize(before);
  return findings;
}

/** The page has taken the scheme on (those that the server draws have no choice), and no colour is on its way. */
function isSettledIn(colorScheme: string): boolean {
  const { mantineColorScheme = colorScheme } = document.documentElement.dataset;
  const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  return mantineColorScheme === colorScheme && moving.length === 0;
}
