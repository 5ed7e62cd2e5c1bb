import { slotAt } from "@tessera/pass";
import { expect, test } from "vitest";
import { clockIncidentOf, incidentsOf } from "./incidents-of.ts";
import type { TicketFacts, TicketScan } from "./ticket-facts.ts";

const atMs = Date.parse("2028-07-20T15:30:00Z");
const override = { admit: true, override: true, allowed: true };

/** Somebody who was let in by a good code. */
const entry = (id: string, change: Partial<TicketScan> = {}): TicketScan => ({
  id,
  scannerId: id,
  gateId: "A",
  direction: "in",
  scannedAtMs: atMs,
  askedAtMs: null,
  codeSha256: id,
  slot: null,
  passEpoch: 1,
  answered: null,
  uploaded: true,
  shown: "admit",
  finding: "good",
  decision: null,
  ...change,
});
const kindsOf = (scans: readonly TicketScan[], barred: TicketFacts["barred"] = []) =>
  incidentsOf({ ticketId: "ticket", reentry: "never", epochs: [], barred, scans }).map(({ kind }) => kind);

test("whom a supervisor let in again was looked at; whoever came after them by the code alone was not", () => {
  const allowed = { shown: "refuse", decision: override } as const;
  expect(kindsOf([entry("a"), entry("b", { ...allowed, scannedAtMs: atMs + 1000 })])).toEqual([]);
  expect(kindsOf([entry("a"), entry("b", allowed)])).toEqual(["admitted_twice"]);
});

test("paper that is shown at two gates is the same paper", () => {
  const sent = { codeSha256: "paper", shown: "check", finding: "paper" } as const;
  const byHand = { ...sent, decision: { admit: true, override: false, allowed: false } };
  expect(kindsOf([entry("a", byHand), entry("b", byHand)])).toEqual(["admitted_twice"]);
  expect(kindsOf([entry("a", { ...sent, decision: override }), entry("b", { ...sent, decision: override })])).toEqual(
    [],
  );
});

test("a ticket that is no longer blocked lets in", () => {
  expect(kindsOf([entry("a")], [{ fromMs: atMs - 2000, untilMs: atMs - 1000 }])).toEqual([]);
  expect(kindsOf([entry("a")], [{ fromMs: atMs - 2000, untilMs: atMs + 1000 }])).toEqual(["revoked_admitted"]);
});

test("three tickets whose proofs lie in neighbouring slots agree on another moment; three far apart do not", () => {
  const off = (number: number, slots: number) => ({
    id: String(number),
    number,
    ticketId: String(number),
    scannedAtMs: atMs,
    receivedAtMs: atMs,
    slot: slotAt(atMs) + slots,
    accepted: false,
  });
  expect(clockIncidentOf("one", [off(1, 8), off(2, 8), off(3, 9)])).toMatchObject([{ kind: "clock_wrong" }]);
  expect(clockIncidentOf("one", [off(1, 8), off(2, 10), off(3, 12)])).toEqual([]);
});
