import type { Locale, PaperTicket } from "@tessera/contracts";
import { encodePass, makePaperCode, readCode } from "@tessera/pass";
import { getResolvedPDFJS, getDocumentProxy } from "unpdf";
import { beforeAll, describe, expect, it } from "vitest";
import { readBarcodes } from "zxing-wasm/reader";
import { paperTickets } from "./paper-tickets.ts";

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>["getPage"]>>;

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
const open = async (pdf: Uint8Array) => getDocumentProxy(new Uint8Array(pdf));

async function textOf(page: Page): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ("str" in item ? item.str : "")).join("\n");
}

type Operators = { OPS: Readonly<Record<string, number>> };
let names: ReadonlyMap<number, string>;
beforeAll(async () => {
  const { OPS }: Operators = await getResolvedPDFJS();
  names = new Map(Object.entries(OPS).map(([name, number]) => [number, name]));
});

async function operatorsOf(page: Page) {
  const { fnArray, argsArray } = await page.getOperatorList();
  return fnArray.map((number, index) => ({ name: names.get(number), args: argsArray[index] as unknown }));
}

/** The rectangles that are filled, in points, each as its least and largest x and y. */
async function rectanglesOf(page: Page): Promise<number[][]> {
  const paths = (await operatorsOf(page)).filter(({ name }) => name === "constructPath");
  return paths.flatMap(({ args }) => pointsOf(args).map(boxOf));
}

/** What pdf.js makes of each `re`: a move and three lines to corners, then the end of the path. */
function pointsOf(args: unknown): number[][] {
  const [, [path]] = args as [number, [Float32Array]];
  const boxes: number[][] = [];
  let corners: number[] = [];
  for (let at = 0; at < path.length; ) {
    const operator = path[at++];
    if (operator === 0 || operator === 1) corners.push(path[at++] ?? Number.NaN, path[at++] ?? Number.NaN);
    else if (operator === 4) {
      boxes.push(corners);
      corners = [];
    } else throw new Error(`a path of a code has a curve: ${operator}`);
  }
  return boxes;
}

const boxOf = (corners: readonly number[]): number[] => {
  const [xs, ys] = [corners.filter((_, at) => at % 2 === 0), corners.filter((_, at) => at % 2 === 1)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};

/** What a scanner reads off a page on which nothing but its rectangles is drawn. */
async function readOff(rectangles: readonly number[][]): Promise<string[]> {
  const [scale, width, height] = [3, 595 * 3, 842 * 3];
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [left = 0, low = 0, right = 0, high = 0] of rectangles) {
    for (let y = Math.round(low * scale); y < Math.round(high * scale); y++) {
      // The page is drawn top down.
      const row = y * width;
      for (let x = Math.round(left * scale); x < Math.round(right * scale); x++) pixels.fill(0, (row + x) * 4, (row + x) * 4 + 3);
    }
  }
  const image = { data: pixels, width, height, colorSpace: "srgb" } as const;
  return (await readBarcodes(image as ImageData, { formats: ["QRCode"] })).map(({ text }) => text);
}

describe.each<[Locale, readonly string[]]>([
  [
    "fr",
    ["Athlétisme · ATH05", "samedi 15 juillet 2028 à 19:30", "17:30", "Ouverture des portes", "À apporter", "Catégorie"],
  ],
  ["en", ["Athletics · ATH05", "Saturday, 15 July 2028 at 19:30", "17:30", "Gates open at", "What to bring", "Category"]],
])("a paper ticket in %s", (locale, words) => {
  it("says in that language what its holder must know, as text", async () => {
    const text = await textOf(await (await open(await print(locale, [ticket]))).getPage(1));
    for (const word of [...words, "Stade de l’Est, Papeete", "Zoé Lefèvre", "7K3QX9WZ2M", "Women’s 100 m, semi-finals"]) {
      expect(text.replaceAll("\n", " ")).toContain(word);
    }
    expect(text).not.toMatch(/undefined|\[object|\{|paper\./);
  });

  it("is made for screen readers too: language, title, structure, and words for the code", async () => {
    const pdf = await open(await print(locale, [ticket]));
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Language: locale, Title: expect.stringContaining("ATH05"), IsXFAPresent: false });
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
  const left = Math.min(...rectangles.map(([first = 0]) => first)) - 4 * module;
  const beside = (await page.getTextContent()).items.filter(
    (item) => "str" in item && item.str.trim() !== "" && Number(item.transform[5]) > 842 - 400,
  );
  for (const item of beside.filter((one) => "str" in one && Number(one.transform[5]) < 842 - 120)) {
    if ("str" in item) expect(Number(item.transform[4]) + item.width).toBeLessThan(left);
  }
});

it("is one page of A4 for each ticket, however long its words are, each with a code of its own", async () => {
  const long = {
    ...ticket,
    reference: "8M4RT7XB3N",
    code: makePaperCode(pass.map((byte, index) => (index === 150 ? byte + 1 : byte))),
    holderName: "Maximiliane ".repeat(7).trim().slice(0, 80),
    competitionSession: { ...ticket.competitionSession, events: "100 m, ".repeat(90), venue: "A very long name ".repeat(6) },
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
    expect(text.replaceAll("\n", "")).toContain(holderName);
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

