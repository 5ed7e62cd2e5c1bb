import type { CoreContext } from "@tessera/core";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { generate } from "otplib";
import type { DemoAccount } from "../../demo/accounts.ts";
import type { HttpEnvironment } from "../environment.ts";
import { answerPlainPage, localeOf } from "./layout.ts";

const stepSeconds = 30;

const words = {
  fr: {
    title: "Comptes de démonstration",
    intro: "Pour qui n’a pas d’application d’authentification sous la main. Chaque code ne sert qu’une fois.",
    columns: ["Rôle", "E-mail", "Mot de passe", "Code"],
    roles: { visitor: "visiteur", staff: "agent", supervisor: "superviseur", admin: "administrateur" },
    remaining: (seconds: number) => `Nouveaux codes dans ${seconds} s ; la page se recharge.`,
    mailbox: "Messages de démonstration",
    apps: { shop: "Billetterie", admin: "Tableau de bord", scanner: "Contrôle" },
  },
  en: {
    title: "Demo accounts",
    intro: "For whoever has no authenticator app at hand. Each code works once.",
    columns: ["Role", "E-mail", "Password", "Code"],
    roles: { visitor: "visitor", staff: "staff", supervisor: "supervisor", admin: "admin" },
    remaining: (seconds: number) => `New codes in ${seconds} s; the page reloads.`,
    mailbox: "Demo mail",
    apps: { shop: "Shop", admin: "Dashboard", scanner: "Scanner" },
  },
} as const;

/** In demo mode only: the demo's accounts with the codes that their authenticator apps show now. */
export function demoCodesRoute(accounts: readonly DemoAccount[], clock: CoreContext["clock"]) {
  return new Hono<HttpEnvironment>().get("/codes", (c) => answerCodes(c, accounts, clock()));
}

async function answerCodes(
  c: Context<HttpEnvironment>,
  accounts: readonly DemoAccount[],
  now: Date,
): Promise<Response> {
  const locale = localeOf(c.req.header("accept-language"));
  const { title, intro, columns, roles, remaining, mailbox, apps } = words[locale];
  const seconds = Math.floor(now.getTime() / 1000);
  const left = stepSeconds - (seconds % stepSeconds);
  const rows = await Promise.all(
    accounts.map(async (account) => ({
      ...account,
      code: await generate({ secret: account.totpSecret, epoch: seconds }),
    })),
  );
  c.header("Refresh", String(left));
  const body = html`
    <p>${intro}</p>
    <p class="quiet">${remaining(left)}</p>
    <div class="wide" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ role, displayName, email, password, code }) =>
              html`<tr>
                <th scope="row">${roles[role]}<br />${displayName}</th>
                <td><code>${email}</code></td>
                <td><code>${password}</code></td>
                <td class="code">${code.slice(0, 3)} ${code.slice(3)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p><a href="/demo/mailbox">${mailbox}</a></p>
    <p><a href="/">${apps.shop}</a> · <a href="/admin">${apps.admin}</a> · <a href="/scanner">${apps.scanner}</a></p>
  `;
  return answerPlainPage(c, { locale, title, body });
}
