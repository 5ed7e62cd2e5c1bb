import type { Locale } from "@tessera/contracts";
import { createElement as h, type CSSProperties, type ReactElement, type ReactNode } from "react";
import type { MailParts, MailWords } from "./mail-parts.ts";

/**
 * The colours of the apps (packages/ui): ink on paper, and laurel for the one main action. Mail programs read only what
 * stands in the element, and some of them the style sheet for the dark.
 */
const light = {
  ink: "#14213d",
  paper: "#f6f1e7",
  raised: "#fffdf8",
  line: "#cfc5b1",
  quiet: "#55503f",
  sky: "#1c5d99",
};
const laurel = { ground: "#24603b", text: "#ffffff" };

const darkSheet = `@media (prefers-color-scheme: dark) {
.paper { background: #101a30 !important; } .raised { background: #18243f !important; border-color: #41506f !important; }
.ink { color: #f3ecdd !important; } .quiet { color: #c4bda9 !important; } .sky { color: #8cc4f0 !important; }
.laurel { background: #8fcf9f !important; } .on-laurel { color: #0d1a12 !important; } }`;

const font = "Arial, Helvetica, sans-serif";
const styles = {
  body: { margin: 0, padding: 0, background: light.paper },
  outer: { background: light.paper, padding: "24px 12px" },
  card: {
    maxWidth: 560,
    background: light.raised,
    border: `1px solid ${light.line}`,
    borderRadius: 8,
    padding: "28px 24px",
    fontFamily: font,
  },
  name: { margin: "0 0 20px", color: light.quiet, fontSize: 14, letterSpacing: 1 },
  heading: { margin: "0 0 16px", color: light.ink, fontSize: 24, lineHeight: 1.25 },
  text: { margin: "0 0 16px", color: light.ink, fontSize: 16, lineHeight: 1.5 },
  list: { margin: "0 0 16px", padding: "0 0 0 20px", color: light.ink, fontSize: 16, lineHeight: 1.5 },
  item: { margin: "0 0 8px" },
  code: {
    margin: "0 0 20px",
    color: light.ink,
    fontSize: 36,
    lineHeight: 1.25,
    fontWeight: 700,
    letterSpacing: 6,
    fontVariantNumeric: "tabular-nums",
    fontFamily: "'Courier New', Courier, monospace",
  },
  button: { background: laurel.ground, borderRadius: 6 },
  buttonLink: {
    display: "block",
    padding: "13px 22px",
    color: laurel.text,
    fontFamily: font,
    fontSize: 16,
    fontWeight: 700,
    textDecoration: "none",
  },
  link: { color: light.sky, wordBreak: "break-all" },
  quiet: { margin: "0 0 12px", color: light.quiet, fontSize: 14, lineHeight: 1.5 },
} as const satisfies Record<string, CSSProperties>;

/** Tables for the layout: Outlook knows nothing else. Nothing is fetched, and nothing tells that it was read. */
export function mailDocument(parts: MailParts, words: MailWords, locale: Locale): ReactElement {
  return h(
    "html",
    { lang: locale, dir: "ltr" },
    h(
      "head",
      null,
      h("meta", { httpEquiv: "Content-Type", content: "text/html; charset=UTF-8" }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("meta", { name: "color-scheme", content: "light dark" }),
      h("meta", { name: "supported-color-schemes", content: "light dark" }),
      // Neither telephones nor dates are to become links: there is one button.
      h("meta", { name: "format-detection", content: "telephone=no,date=no,address=no,email=no" }),
      h("title", null, parts.subject),
      h("style", null, darkSheet),
    ),
    h(
      "body",
      { className: "paper", style: styles.body },
      table(
        { className: "paper", style: styles.outer, align: "center" },
        table({ className: "raised", style: styles.card, align: "left" }, ...card(parts, words)),
      ),
    ),
  );
}

function card({ subject, text, items, code, alarm, action, other, note }: MailParts, words: MailWords): ReactNode[] {
  return [
    paragraph("quiet", styles.name, "Tessera"),
    h("h1", { className: "ink", style: styles.heading }, subject),
    paragraph("ink", styles.text, text),
    items &&
      h(
        "ul",
        { className: "ink", style: styles.list },
        items.map((item) => h("li", { key: item, style: styles.item }, item)),
      ),
    code !== undefined && paragraph("ink", styles.code, code),
    alarm !== undefined && paragraph("ink", styles.text, alarm),
    action && button(action),
    other && paragraph("ink", styles.text, other.text, h("br"), address(other.link)),
    note !== undefined && paragraph("ink", styles.text, note),
    action && paragraph("quiet", styles.quiet, words("frame.copyLink"), h("br"), address(action.link)),
    paragraph("quiet", styles.quiet, `${words("frame.neverAsk")} ${words("frame.automatic")}`),
  ];
}

function table(
  cell: { className: string; style: CSSProperties; align: "left" | "center" },
  ...children: ReactNode[]
): ReactElement {
  const whole = { role: "presentation", width: "100%", cellPadding: 0, cellSpacing: 0, border: 0 } as const;
  // Inside one that is centred, a table of at most so much stands in the middle.
  const style: CSSProperties = "maxWidth" in cell.style ? { maxWidth: cell.style.maxWidth, margin: "0 auto" } : {};
  return h("table", { ...whole, style }, h("tbody", null, h("tr", null, h("td", cell, ...children))));
}

function paragraph(className: string, style: CSSProperties, ...children: ReactNode[]): ReactElement {
  return h("p", { className, style }, ...children);
}

/** The ground is the cell's too, since Outlook draws none around a link. */
function button({ label, link }: NonNullable<MailParts["action"]>): ReactElement {
  return h(
    "table",
    { role: "presentation", cellPadding: 0, cellSpacing: 0, border: 0, style: { margin: "0 0 20px" } },
    h(
      "tbody",
      null,
      h(
        "tr",
        null,
        h(
          "td",
          { className: "laurel", style: styles.button },
          h("a", { href: link, className: "on-laurel", style: styles.buttonLink }, label),
        ),
      ),
    ),
  );
}

function address(link: string): ReactElement {
  return h("a", { href: link, className: "sky", style: styles.link }, link);
}
