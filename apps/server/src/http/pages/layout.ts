import { defaultLocale, type Locale, locales } from "@tessera/contracts";
import type { Context } from "hono";
import { html } from "hono/html";
import type { HttpEnvironment } from "../environment.ts";
import { plainPagePolicy } from "../security-headers.ts";

/** What `html` gives: text in which every value was escaped. */
export type Markup = ReturnType<typeof html>;

export const styleSheetPath = "/pages.css";

/** The first of our languages that the browser asks for. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split("-")[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .toSorted((one, other) => other.weight - one.weight);
  for (const { language } of wanted) {
    const locale = locales.find((known) => known === language);
    if (locale !== undefined) return locale;
  }
  return defaultLocale;
}

/** Answers with a page that the server draws itself: no script, and no style but the sheet's. */
export async function answerPlainPage(
  c: Context<HttpEnvironment>,
  page: { locale: Locale; title: string; body: Markup; status?: 200 | 404 | 502 },
): Promise<Response> {
  c.header("Content-Security-Policy", plainPagePolicy);
  return c.html(
    html`<!doctype html>
      <html lang="${page.locale}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${page.title}</title>
          <link rel="stylesheet" href="${styleSheetPath}" />
        </head>
        <body>
          <main>
            <h1>${page.title}</h1>
            ${page.body}
          </main>
        </body>
      </html>`,
    page.status ?? 200,
  );
}

/** Ink, paper, laurel, terracotta and sky, as in the apps. */
export const styleSheet = `:root { color-scheme: light dark; --ink: #14213d; --paper: #f6f1e7; --raised: #fffdf8; --line: #cfc5b1;
  --laurel: #24603b; --on-laurel: #fff; --sky: #1c5d99; --quiet: #55503f; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3ecdd; --paper: #101a30; --raised: #18243f; --line: #41506f;
  --laurel: #8fcf9f; --on-laurel: #0d1a12; --sky: #8cc4f0; --quiet: #c4bda9; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
p.quiet, button + span { color: var(--quiet); }
a { color: var(--sky); }
:focus-visible { outline: 3px solid var(--sky); outline-offset: 2px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1.5rem; margin: 1.5rem 0; }
dd { margin: 0; font-variant-numeric: tabular-nums; font-weight: 600; }
form { display: grid; gap: 1rem; }
form div { display: grid; gap: .25rem; }
button { justify-self: start; min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--line);
  border-radius: .375rem; background: var(--raised); color: inherit; font: inherit; cursor: pointer; }
button.main { border-color: var(--laurel); background: var(--laurel); color: var(--on-laurel); font-weight: 600; }
div.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
article { border-top: 1px solid var(--line); margin-top: 2rem; }
article dl { margin: .5rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; background: var(--raised);
  border: 1px solid var(--line); border-radius: .375rem; padding: 1rem; }
code { font-family: ui-monospace, monospace; white-space: nowrap; }
td.code { font-size: 1.5rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
`;
