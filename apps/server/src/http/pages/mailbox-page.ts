import type { Locale } from "@tessera/contracts";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { DemoMail, DemoMailbox } from "../../adapters/demo-mailbox.ts";
import type { HttpEnvironment } from "../environment.ts";
import { mailPolicy } from "../security-headers.ts";
import { answerPlainPage, localeOf, type Markup } from "./layout.ts";

const reloadSeconds = 10;
const mostShown = 50;

const words = {
  fr: {
    title: "Messages de démonstration",
    intro: "Rien n’est envoyé : les messages de la démonstration arrivent ici, et nulle part ailleurs.",
    reload: `La page se recharge toutes les ${reloadSeconds} secondes.`,
    none: "Aucun message pour l’instant.",
    to: "À",
    at: "Reçu",
    asHtml: "Voir la mise en page",
    codes: "Comptes de démonstration",
    shop: "Billetterie",
  },
  en: {
    title: "Demo mail",
    intro: "Nothing is sent: the demo’s mail arrives here, and nowhere else.",
    reload: `The page reloads every ${reloadSeconds} seconds.`,
    none: "No mail yet.",
    to: "To",
    at: "Received",
    asHtml: "See the layout",
    codes: "Demo accounts",
    shop: "Shop",
  },
} as const;

/** In demo mode only: the mails that were sent, the newest first, for people and for tests. */
export function mailboxRoutes(mailbox: DemoMailbox) {
  const mailsTo = (to: string | undefined): readonly DemoMail[] =>
    to === undefined ? mailbox.mails() : mailbox.mails().filter((mail) => mail.to.toLowerCase() === to.toLowerCase());
  return new Hono<HttpEnvironment>()
    .get("/mailbox", (c) => answerMailbox(c, mailsTo(c.req.query("to"))))
    .get("/mailbox.json", (c) =>
      c.json(
        mailsTo(c.req.query("to")).map(({ to, subject, text, html: markup, at }) => ({
          to,
          subject,
          text,
          html: markup,
          at,
        })),
      ),
    )
    .get("/mailbox/:id", (c) => {
      const mail = mailbox.mails().find(({ id }) => id === c.req.param("id"));
      if (mail === undefined) return c.notFound();
      c.header("Content-Security-Policy", mailPolicy);
      return c.html(mail.html);
    })
    .get("/mailbox/:id/:fileName", (c) => {
      const mail = mailbox.mails().find(({ id }) => id === c.req.param("id"));
      const file = mail?.attachments.find(({ fileName }) => fileName === c.req.param("fileName"));
      if (file === undefined) return c.notFound();
      return c.body(file.text, 200, {
        "content-type": file.contentType,
        "content-disposition": `attachment; filename="${file.fileName}"`,
      });
    });
}

async function answerMailbox(c: Context<HttpEnvironment>, mails: readonly DemoMail[]): Promise<Response> {
  const locale = localeOf(c.req.header("accept-language"));
  const { title, intro, reload, none, to, at, asHtml, codes, shop } = words[locale];
  c.header("Refresh", String(reloadSeconds));
  const body = html`
    <p>${intro}</p>
    <p class="quiet">${reload}</p>
    ${mails.length === 0 ? html`<p>${none}</p>` : ""}
    ${mails.slice(0, mostShown).map(
      (mail) =>
        html`<article>
          <h2>${mail.subject}</h2>
          <dl>
            <dt>${to}</dt>
            <dd>${mail.to}</dd>
            <dt>${at}</dt>
            <dd><time datetime="${mail.at.toISOString()}">${momentOf(mail.at, locale)}</time></dd>
          </dl>
          <pre>${withLinks(mail.text)}</pre>
          ${mail.attachments.map(
            ({ fileName }) => html`<p><a href="/demo/mailbox/${mail.id}/${fileName}">${fileName}</a></p>`,
          )}
          <p><a href="/demo/mailbox/${mail.id}">${asHtml}</a></p>
        </article>`,
    )}
    <p><a href="/demo/codes">${codes}</a> · <a href="/">${shop}</a></p>
  `;
  return answerPlainPage(c, { locale, title, body });
}

const languages: Record<Locale, string> = { fr: "fr-FR", en: "en-GB" };

/** The server does not know the reader's zone, and so it says which one it means. */
function momentOf(at: Date, locale: Locale): string {
  const parts = { dateStyle: "medium", timeStyle: "long", timeZone: "Europe/Paris" } as const;
  return at.toLocaleString(languages[locale], parts);
}

/** The addresses in a text, as links. */
function withLinks(text: string): (string | Markup)[] {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : part));
}
