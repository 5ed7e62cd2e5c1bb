import type { ShownScan } from "@tessera/scanner-core";
import { expect, test } from "vitest";
import { alsoOf, isUnconfirmed, mustCompare } from "./describe.ts";

const ticket: ShownScan["ticket"] = {
  ticketId: "01990000-0000-7000-8000-000000000001",
  holderName: "Camille Lefèvre",
  kind: "solo",
  name: null,
  category: "B",
  zone: 2,
  reference: null,
  wheelchair: null,
  child: null,
  party: null,
  otherSession: null,
};
const verdict: ShownScan = {
  key: 1,
  scannedAtMs: 0,
  direction: "in",
  outcome: "admit",
  reason: "admitted",
  alsoFailed: [],
  confirmed: true,
  ticket,
  earlier: null,
  homeGate: null,
  decision: null,
};
const earlier: ShownScan["earlier"] = { direction: "in", atMs: 0, gate: null, byHand: false };

test("an earlier entry that has its own line is not said twice; one that has none is said", () => {
  const alsoFailed = ["already_admitted", "paper"] as const;
  expect(alsoOf({ alsoFailed, earlier })).toEqual(["paper"]);
  expect(alsoOf({ alsoFailed, earlier: null })).toEqual(["already_admitted", "paper"]);
});

test("only a yes of the tablet alone carries the mark", () => {
  expect(isUnconfirmed(verdict)).toBe(false);
  expect(isUnconfirmed({ ...verdict, confirmed: false })).toBe(true);
  expect(isUnconfirmed({ ...verdict, confirmed: false, outcome: "refuse" })).toBe(false);
  expect(isUnconfirmed({ ...verdict, confirmed: false, outcome: "check" })).toBe(false);
  const letIn = { admit: true, override: false };
  expect(isUnconfirmed({ ...verdict, confirmed: false, outcome: "check", decision: letIn })).toBe(false);
});

test("a name is compared while a look is asked for, and there is a name", () => {
  const look: ShownScan = { ...verdict, outcome: "check", reason: "paper" };
  expect(mustCompare(look)).toBe(true);
  expect(mustCompare({ ...look, decision: { admit: true, override: false } })).toBe(false);
  expect(mustCompare({ ...look, ticket: { ...ticket, holderName: null } })).toBe(false);
  expect(mustCompare({ ...look, ticket: null })).toBe(false);
  expect(mustCompare(verdict)).toBe(false);
});
