import { readFileSync, existsSync, writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { findChromium } from "../browser/chromium-files.ts";
import { launchBrowser } from "../browser/launch.ts";
import { signIn } from "../people/sign-in.ts";
const origin = "http://localhost:18060";
const accounts = JSON.parse(readFileSync("/tmp/g6data/demo-accounts.json", "utf8"));
const list: any[] = Array.isArray(accounts) ? accounts : (accounts.accounts ?? Object.values(accounts));
const of = (role: string) => list.find((a) => a.role === role);
const cookieFile = (role: string) => `/tmp/g6cookies-${role}.json`;
async function cookiesOf(role: string) {
  if (existsSync(cookieFile(role)) && !process.argv.includes("--fresh"))
    return JSON.parse(readFileSync(cookieFile(role), "utf8"));
  const p = await signIn(origin, "admin", of(role));
  writeFileSync(cookieFile(role), JSON.stringify(p.cookies));
  return p.cookies;
}
const browser = await launchBrowser(await findChromium());
const plan: [string, string, (page: any) => Promise<void>][] = JSON.parse("[]");
const pages: { name: string; role: string; path: string; act?: (page: any) => Promise<void> }[] = [
  { name: "now", role: "supervisor", path: "/admin/" },
  { name: "now-admin", role: "admin", path: "/admin/gate" },
  { name: "incidents", role: "supervisor", path: "/admin/gate/incidents" },
  {
    name: "incident",
    role: "supervisor",
    path: "/admin/gate/incidents",
    act: async (p) => {
      await p
        .getByRole("link", { name: /deux fois|twice|ans billet/ })
        .first()
        .click();
      await p.getByRole("textbox").first().waitFor();
    },
  },
  { name: "tablets", role: "supervisor", path: "/admin/gate/tablets" },
  {
    name: "enrol",
    role: "supervisor",
    path: "/admin/gate/tablets/new",
    act: async (p) => {
      await p.getByRole("textbox", { name: "Site" }).waitFor();
    },
  },
  { name: "notforyou", role: "supervisor", path: "/admin/offers" },
  {
    name: "policy",
    role: "admin",
    path: "/admin/sales?by=sessions",
    act: async (p) => {
      await p.getByRole("link", { name: /ATH05/ }).first().click();
      await p.getByRole("heading", { name: "Règles aux portes" }).waitFor();
    },
  },
];
const only = process.argv
  .find((a) => a.startsWith("--only="))
  ?.slice(7)
  .split(",");
for (const scheme of ["light", "dark"] as const)
  for (const width of [1280, 360]) {
    for (const { name, role, path, act } of pages) {
      if (only && !only.includes(name)) continue;
      const context = await browser.newContext({
        viewport: { width, height: width === 360 ? 780 : 900 },
        colorScheme: scheme,
        locale: "fr-FR",
      });
      await context.addCookies(
        (await cookiesOf(role)).map((c: any) => ({ ...c, url: c.url ?? (c.domain ? undefined : origin) })),
      );
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("console", (m) => {
        if (m.type() === "error" || m.type() === "warning") problems.push(m.text());
      });
      page.on("pageerror", (e) => problems.push(String(e)));
      try {
        await page.goto(origin + path);
        await page.getByRole("heading", { level: 1 }).waitFor({ timeout: 8000 });
        if (act) await act(page);
        await page.waitForTimeout(1500);
      } catch (e) {
        problems.push(String(e).slice(0, 300));
      }
      await page.screenshot({ path: `/tmp/g6shots/${name}-${width}-${scheme}.png`, fullPage: true });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const axe = await new AxeBuilder({ page }).analyze();
      console.log(
        name,
        width,
        scheme,
        page.url().slice(22),
        overflow > 0 ? `OVERFLOW ${overflow}` : "",
        problems.join(" | "),
        axe.violations
          .map(
            (v) =>
              `${v.id}: ${v.nodes
                .map((n) => n.target.join(" "))
                .slice(0, 3)
                .join(" ; ")} ${v.nodes[0]?.failureSummary?.slice(0, 200)}`,
          )
          .join("\n   "),
      );
      await context.close();
    }
  }
await browser.close();
