import type { Locale, PaperTicket } from "@tessera/contracts";
import { encodePass, makePaperCode, readCode } from "@tessera/pass";
import { describe, expect, it } from "vitest";
import { paperTickets } from "./paper-tickets.ts";
import { openPdf as open, operatorsOf, placesOf, readOff, rectanglesOf, textOf } from "./testing/read-pdf.ts";

const pass = encodePass(
  {
    issuerKeyId: 1,
    ticketId: "0198a7e0-0000-7000-8000-000000000001",
    competitionSessionNumber: 5,
    zone: 2,
    category: "A",
    epoch: 3,
    validFrom: 1_847_000_000,
    validUntil: 1_847_100_000,
    paper: true,
    softKey: false,
    wheelchair: false,
    child: false,
    devicePublicKey: null,
    epochToken: new Uint8Array(16).fill(7),
  },
  new Uint8Array(16).fill(8),
  new Uint8Array(64).fill(9),
);
const ticket: PaperTicket = {
  code: makePaperCode(pass),
  reference: "7K3QX9WZ2M",
  category: "A",
  zone: 2,
  gate: { code: "B", name: "Porte Est" },
  holderName: "Zoé Lefèvre",
  competitionSession: {
    id: "0198a7e0-0000-7000-8000-000000000002",
    code: "ATH05",
    disciplineCode: "ATH",
    discipline: "Athletics",
    events: "Women’s 100 m, semi-finals",
    medal: true,
    state: "scheduled",
    venueCode: "STA",
    venue: "Stade de l’Est",
    city: "Papeete",
    timeZone: "Pacific/Tahiti",
    startsAt: new Date("2028-07-16T05:30:00Z"),
    endsAt: new Date("2028-07-16T08:00:00Z"),
    gatesOpenAt: new Date("2028-07-16T03:30:00Z"),
  },
};
const printedAt = new Date("2028-07-10T12:00:00Z");
const print = (locale: Locale, tickets: readonly PaperTicket[]) => paperTickets({ locale, tickets, printedAt });
describe.each<[Locale, readonly string[]]>([
  [
    "fr",
    [
      "Athlétisme · ATH05",
      "samedi 15 juillet 2028 à 19:30",
      "17:30",
      "Ouverture des portes",
      "À apporter",
      "Catégorie",
      "2 · Porte B",
    ],
  ],
  [
    "en",
    [
      "Athletics · ATH05",
      "Saturday, 15 July 2028 at 19:30",
      "17:30",
      "Gates open at",
      "What to bring",
      "Category",
      "2 · Gate B",
    ],
  ],
])("a paper ticket in %s", (locale, words) => {
  it("says in that language what its holder must know, as text", async () => {
    const text = await textOf(await (await open(await print(locale, [ticket]))).getPage(1));
    for (const word of [
      ...words,
      "Stade de l’Est, Papeete",
      "Zoé Lefèvre",
      "7K3QX9WZ2M",
      "Women’s 100 m, semi-finals",
    ]) {
      expect(text).toContain(word);
    }
    expect(text).not.toMatch(/undefined|\[object|\{|paper\./);
  });

  it("is made for screen readers too: language, title, structure, and words for the code", async () => {
    const pdf = await open(await print(locale, [ticket]));
    const { info } = await pdf.getMetadata();
    const title = locale === "fr" ? "Billet papier · ATH05" : "Paper ticket · ATH05";
    expect(info).toMatchObject({ Language: locale, Title: title });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const structure = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
    for (const role of ["Document", "Sect", "H1", "H2", "L", "LI", "Lbl", "LBody", "Figure"]) {
      expect(structure).toContain(`"role":"${role}"`);
    }
    expect(structure).toMatch(/"alt":"[^"]*7K3QX9WZ2M/);
  });
});

it("bears the pass as a drawn code that a scanner reads to the letter, sharp at every size", async () => {
  const page = await (await open(await print("fr", [ticket]))).getPage(1);
  const rectangles = await rectanglesOf(page);
  const [text, ...others] = await readOff(rectangles);
  expect(others).toEqual([]);
  expect(text).toBe(ticket.code);
  expect(readCode(text ?? "")).toMatchObject({ ok: true, code: { pass: { paper: true, epoch: 3 }, proof: null } });
  expect((await operatorsOf(page)).filter(({ name }) => name?.includes("Image"))).toEqual([]);
});

it("has modules of at least half a millimetre, and four of them around the code inside the margins", async () => {
  const page = await (await open(await print("fr", [ticket]))).getPage(1);
  const rectangles = await rectanglesOf(page);
  const heights = rectangles.map(([, low = 0, , high = 0]) => high - low);
  const module = Math.min(...heights);
  expect((module / 72) * 25.4).toBeGreaterThanOrEqual(0.5);
  expect(595 - 56 - Math.max(...rectangles.map(([, , right = 0]) => right))).toBeCloseTo(4 * module, 1);
  // Nothing is written where the code must be left alone.
  const box = {
    left: Math.min(...rectangles.map(([left = 0]) => left)) - 4 * module,
    low: Math.min(...rectangles.map(([, low = 0]) => low)) - 4 * module,
    high: Math.max(...rectangles.map(([, , , high = 0]) => high)) + 4 * module,
  };
  const texts = await placesOf(page);
  expect(texts.filter(({ right, y }) => right > box.left && y > box.low && y < box.high)).toEqual([]);
  expect(texts.length).toBeGreaterThan(15);
});

it("is one page of A4 for each ticket, however long its words are, each with a code of its own", async () => {
  const long = {
    ...ticket,
    reference: "8M4RT7XB3N",
    code: makePaperCode(pass.map((byte, index) => (index === 150 ? byte + 1 : byte))),
    holderName: "Maximiliane ".repeat(7).trim().slice(0, 80),
    competitionSession: {
      ...ticket.competitionSession,
      events: "100 m, ".repeat(90),
      venue: "A very long name ".repeat(6),
    },
  };
  const pdf = await open(await print("en", [ticket, long]));
  expect(pdf.numPages).toBe(2);
  const [first, second] = [await pdf.getPage(1), await pdf.getPage(2)];
  expect(first.view.map(Math.round)).toEqual([0, 0, 595, 842]);
  expect(await textOf(second)).toContain("8M4RT7XB3N");
  expect(await readOff(await rectanglesOf(second))).toEqual([long.code]);
});

it.each(["Łukasz Gżegżółka", "Αλέξανδρος Ωνάσης", "Ђорђе Йовков", "Nguyễn Thị Hương", "Œuvrard-Ñáñez"])(
  "writes the name of %s",
  async (holderName) => {
    const text = await textOf(await (await open(await print("en", [{ ...ticket, holderName }]))).getPage(1));
    expect(text).toContain(holderName);
  },
);

it.each(["王小明", "محمد"])("says of a name that no font here draws where it stands: %s", async (holderName) => {
  const text = await textOf(await (await open(await print("en", [{ ...ticket, holderName }]))).getPage(1));
  expect(text).toContain("as in your account");
  expect(text).not.toContain("?");
});

it("is the same again, byte for byte, and holds its fonts", async () => {
  const [one, other] = [await print("fr", [ticket]), await print("fr", [ticket])];
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  const raw = Buffer.from(one).toString("latin1");
  expect(raw).toMatch(/\/FontFile2/);
  expect(raw).not.toMatch(/\/BaseFont \/Helvetica|\/Subtype \/Image/);
  expect(raw).toMatch(/\/StructTreeRoot/);
  expect(raw).toMatch(/\/Lang \(fr\)/);
  expect(raw).toMatch(/\/DisplayDocTitle true/);
});
