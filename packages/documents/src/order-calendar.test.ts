import type { CompetitionSessionSummary, OrderLine } from "@tessera/contracts";
import { expect, it } from "vitest";
import { orderCalendar } from "./order-calendar.ts";

const athletics: CompetitionSessionSummary = {
  id: "0198a7e0-0000-7000-8000-000000000001",
  code: "ATH05",
  disciplineCode: "ATH",
  discipline: "Athletics",
  events: "Women’s 100 m, semi-finals; Men’s shot put, final, with a ceremony; and whatever else makes this line long",
  medal: true,
  state: "scheduled",
  venueCode: "STA",
  venue: "Stade; de l’Est",
  city: "Paris",
  timeZone: "Europe/Paris",
  startsAt: "2028-07-16T17:30:00.000Z",
  endsAt: "2028-07-16T20:00:00.000Z",
};
const unknown: CompetitionSessionSummary = {
  ...athletics,
  id: "0198a7e0-0000-7000-8000-000000000002",
  code: "XYZ01",
  disciplineCode: "XYZ",
  discipline: "Tug of War",
  state: "cancelled",
  startsAt: "2028-07-15T08:00:00.000Z",
  endsAt: "2028-07-15T09:30:00.000Z",
};

function line(...sessions: CompetitionSessionSummary[]): OrderLine {
  return {
    id: "0198a7e0-0000-7000-8000-00000000000a",
    offerId: "0198a7e0-0000-7000-8000-00000000000b",
    kind: "duo",
    persons: 2,
    name: null,
    quantity: 1,
    unitPriceCents: 9000,
    totalCents: 9000,
    entries: sessions.map((competitionSession) => ({ competitionSession, category: "A" })),
  };
}

/** The lines of a file with what RFC 5545 folds unfolded. */
function linesOf(text: string): string[] {
  return text.replaceAll("\r\n ", "").split("\r\n");
}

const order = { reference: "7K2M9QX4TB", lines: [line(athletics), line(athletics, unknown)] };

it("has one event for each competition session, however many lines it is in, in the order of time", () => {
  const { fileName, text } = orderCalendar(order, "fr");
  expect(fileName).toBe("tessera-7K2M9QX4TB.ics");
  const lines = linesOf(text);
  expect(lines[0]).toBe("BEGIN:VCALENDAR");
  expect(lines).toContain("VERSION:2.0");
  expect(lines.filter((one) => one.startsWith("SUMMARY:"))).toEqual([
    "SUMMARY:Tug of War · XYZ01",
    "SUMMARY:Athlétisme · ATH05",
  ]);
});

it("speaks the buyer's language", () => {
  const lines = linesOf(orderCalendar(order, "en").text);
  expect(lines).toContain("SUMMARY:Athletics · ATH05");
  expect(lines.join("\n")).toContain(String.raw`\nOrder 7K2M9QX4TB`);
});

it("says when and where, in UTC, with commas and semicolons escaped", () => {
  const lines = linesOf(orderCalendar(order, "fr").text);
  expect(lines).toContain("DTSTART:20280716T173000Z");
  expect(lines).toContain("DTEND:20280716T200000Z");
  expect(lines).toContain(String.raw`LOCATION:Stade\; de l’Est\, Paris`);
  expect(lines).toContain("STATUS:CANCELLED");
});

it("folds lines at 75 octets, as RFC 5545 wants", () => {
  const { text } = orderCalendar(order, "fr");
  const longest = Math.max(...text.split("\r\n").map((one) => Buffer.byteLength(one)));
  expect(longest).toBeLessThanOrEqual(75);
  expect(text).not.toMatch(/[^\r]\n/);
});

it("gives the same events the same ids, so that a second import replaces the first", () => {
  const idsOf = (): string[] => linesOf(orderCalendar(order, "fr").text).filter((one) => one.startsWith("UID:"));
  const ids = idsOf();
  expect(new Set(ids).size).toBe(2);
  expect(idsOf()).toEqual(ids);
});
