import type { Locale, PaperTicket } from "@tessera/contracts";
import { disciplineName } from "../discipline-name.ts";
import type { MailWords } from "../mail/mail-parts.ts";
import { formatStart, formatTime } from "../mail/moment.ts";
import { oneLine } from "../mail/one-line.ts";
import { drawCode } from "./draw-code.ts";
import { runsOf, type Weight } from "./fonts.ts";

type Document = PDFKit.PDFDocument;
type Element = ReturnType<Document["struct"]>;
type Look = { size: number; weight: Weight; colour: string };
type Place = { x: number; y: number; width: number };

/** In points: A4 is 595 by 842. */
export const margin = 56;
const widest = 595 - 2 * margin;
/** 75 mm: a module is a little more than 1 mm wide. */
const codeSize = 212;
const besideCode = widest - codeSize - 20;

const ink = "#14213d";
const quiet = "#55503f";
const looks = {
  brand: { size: 11, weight: "regular", colour: quiet },
  heading: { size: 26, weight: "bold", colour: ink },
  section: { size: 14, weight: "bold", colour: ink },
  label: { size: 10, weight: "regular", colour: quiet },
  value: { size: 14, weight: "bold", colour: ink },
  text: { size: 11.5, weight: "regular", colour: ink },
} as const satisfies Record<string, Look>;

/** Draws one ticket on the page that is open, as a part of the document's structure. */
export function drawPage(
  doc: Document,
  ticket: PaperTicket,
  { page, words, locale }: { page: Element; words: MailWords; locale: Locale },
): void {
  const { competitionSession: session, reference, code } = ticket;
  const discipline = disciplineName(session, locale);
  let y = margin;
  const write = (tag: string, text: string, look: Look, width: number = widest): void => {
    page.add(doc.struct(tag, {}, () => void (y = writeText(doc, text, look, { x: margin, y, width }))));
  };
  write("P", "Tessera", looks.brand);
  y += 6;
  write("H1", words("paper.heading", { discipline, code: session.code }), looks.heading);
  y += 4;
  write("P", session.events, looks.text);
  const top = (y += 18);

  const facts = doc.struct("L");
  page.add(facts);
  for (const [label, value] of factsOf(ticket, words, locale)) {
    facts.add(
      doc.struct("LI", {}, [
        doc.struct("Lbl", {}, () => void (y = writeText(doc, label, looks.label, { x: margin, y, width: besideCode }))),
        doc.struct("LBody", {}, () => {
          y = writeText(doc, value, looks.value, { x: margin, y, width: besideCode }) + 9;
        }),
      ]),
    );
  }
  facts.end();

  const place = { x: 595 - margin - codeSize, y: top, size: codeSize };
  const figure = {
    alt: words("paper.code", { reference }),
    bbox: [place.x, place.y, place.x + codeSize, place.y + codeSize],
    placement: "Block",
  };
  page.add(doc.struct("Figure", figure, () => drawCode(doc, code, place)));

  y = Math.max(y, top + codeSize) + 20;
  write("H2", words("paper.bring.heading"), looks.section);
  y += 4;
  writeList([words("paper.bring.sheet"), words("paper.bring.document")]);
  y += 14;
  write("H2", words("paper.check.heading"), looks.section);
  y += 4;
  writeList([words("paper.check.look"), words("paper.check.phone"), words("paper.check.copy")]);

  function writeList(sentences: readonly string[]): void {
    const list = doc.struct("L");
    page.add(list);
    for (const sentence of sentences) {
      list.add(
        doc.struct("LI", {}, [
          doc.struct("Lbl", {}, () => void writeText(doc, "–", looks.text, { x: margin, y, width: 14 })),
          doc.struct("LBody", {}, () => {
            y = writeText(doc, sentence, looks.text, { x: margin + 14, y, width: widest - 14 }) + 4;
          }),
        ]),
      );
    }
    list.end();
  }
}

function factsOf(ticket: PaperTicket, words: MailWords, locale: Locale): (readonly [label: string, value: string])[] {
  const { competitionSession: session } = ticket;
  const { timeZone } = session;
  const drawable = runsOf(oneLine(ticket.holderName), "bold") !== undefined;
  return [
    [words("paper.date"), formatStart(session.startsAt, { locale, timeZone })],
    [words("paper.gatesOpen"), formatTime(session.gatesOpenAt, { locale, timeZone })],
    [words("paper.place"), `${session.venue}, ${session.city}`],
    [words("paper.category"), ticket.category],
    // In one line: the longest words just fit on the page.
    [
      words("paper.zone"),
      [ticket.zone, ...(ticket.gate === null ? [] : [words("paper.gate", ticket.gate)])].join(" · "),
    ],
    // Some scripts have no font here. Whoever checks has the name on the tablet.
    [words("paper.name"), drawable ? ticket.holderName : words("paper.nameElsewhere")],
    [words("paper.reference"), ticket.reference],
  ];
}

/** Gives where the next text begins. */
function writeText(doc: Document, text: string, { size, weight, colour }: Look, { x, y, width }: Place): number {
  const line = oneLine(text);
  const runs = runsOf(line, weight) ?? runsOf(line.replaceAll(/[^ -~]/gu, "?"), weight) ?? [];
  doc.fillColor(colour).fontSize(size);
  for (const [index, run] of runs.entries()) {
    const options: PDFKit.Mixins.TextOptions = { width, continued: index < runs.length - 1 };
    // A letter that a font puts together from two glyphs could not be selected as one. (The types know lists only.)
    Object.assign(options, { features: { ccmp: false } });
    doc.font(run.font);
    if (index === 0) doc.text(run.text, x, y, options);
    else doc.text(run.text, options);
  }
  return doc.y;
}
