import type { Locale, PaperTicket } from "@tessera/contracts";
import { mailWords } from "./mail/mail-parts.ts";

/**
 * Draws tickets for people without a smartphone: a PDF (1.7) with an A4 page for each, tagged for screen readers, its
 * text selectable, its fonts inside. The same tickets and moment give the same bytes.
 *
 * @param paper.locale the language to write in
 * @param paper.tickets at least one; `code` is the text of the QR code
 * @param paper.printedAt the date in the file's properties
 */
export async function paperTickets(paper: {
  locale: Locale;
  tickets: readonly PaperTicket[];
  printedAt: Date;
}): Promise<Uint8Array> {
  // Loaded with the first ticket that is printed: most who need this package print none.
  const [{ default: PDFDocument }, { drawPage, margin }, { fontFile }] = await Promise.all([
    import("pdfkit"),
    import("./paper/draw-page.ts"),
    import("./paper/fonts.ts"),
  ]);
  const { locale, tickets, printedAt } = paper;
  const words = mailWords(locale);
  const codes = [...new Set(tickets.map(({ competitionSession }) => competitionSession.code))].join(", ");
  const options: PDFKit.PDFDocumentOptions = {
    size: "A4",
    margin,
    lang: locale,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    autoFirstPage: false,
    font: fontFile("regular"),
    info: {
      Title: words("paper.title", { tickets: tickets.length, codes }),
      Creator: "Tessera",
      Producer: "Tessera",
      CreationDate: printedAt,
    },
  };
  // ISO 14289, which the types do not know yet.
  const doc = new PDFDocument(Object.assign(options, { subset: "PDF/UA" }));
  const finished = bytesOf(doc);
  const whole = doc.struct("Document");
  doc.addStructure(whole);
  for (const ticket of tickets) {
    doc.addPage();
    const page = doc.struct("Sect");
    whole.add(page);
    drawPage(doc, ticket, { page, words, locale });
    page.end();
  }
  whole.end();
  doc.end();
  return finished;
}

async function bytesOf(stream: AsyncIterable<Buffer | string>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
