import { slotAt } from "@tessera/pass";
import { expect, test } from "vitest";
import { momentOf, type TicketScan } from "./ticket-facts.ts";

const at = Date.parse("2028-07-20T14:05:10Z");
const minuteMs = 60_000;

const scan = (other: Partial<TicketScan>): TicketScan => ({
  id: "scan",
  scannerId: "tablet",
  gateId: "gate",
  direction: "in",
  scannedAtMs: at,
  askedAtMs: null,
  codeSha256: null,
  slot: slotAt(at),
  passEpoch: 1,
  answered: null,
  uploaded: true,
  shown: "admit",
  finding: "good",
  decision: null,
  ...other,
});

test.each<[string, Partial<TicketScan>, number]>([
  ["the server's, where it was asked", { askedAtMs: at + 300 }, at + 300],
  ["the tablet's, where nobody was asked", {}, at],
  ["the code's own, by a clock that is ten minutes slow", { scannedAtMs: at - 10 * minuteMs }, at],
  ["the code's own, where the question came ten minutes late", { askedAtMs: at + 10 * minuteMs }, at],
  ["what is told, where no code says better", { slot: null, scannedAtMs: at - 10 * minuteMs }, at - 10 * minuteMs],
])("a scan's moment is %s", (_, other, moment) => {
  expect(Math.abs(momentOf(scan(other)) - moment)).toBeLessThanOrEqual(15_000);
});
