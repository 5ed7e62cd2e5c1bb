import { slotAt } from "@tessera/pass";
import { expect, test } from "vitest";
import { ClockProposals } from "./clock-proposals.ts";

const nowMs = Date.UTC(2028, 6, 15, 18, 0, 7);
const minutes = (count: number): number => count * 60_000;
/** Proofs of tickets that were made when it was so much later than the tablet says. */
function proposalsOf(...laterByMs: readonly number[]): ClockProposals {
  const proposals = new ClockProposals();
  for (const [ticket, by] of laterByMs.entries()) proposals.note(`ticket ${ticket}`, slotAt(nowMs + by), nowMs);
  return proposals;
}

test.each([-10, -1, 1, 10])("three phones that agree propose %i minutes", (by) => {
  const proposal = proposalsOf(minutes(by), minutes(by), minutes(by)).proposal(nowMs);
  expect(proposal?.proofs).toBe(3);
  expect(Math.abs((proposal?.correctionMs ?? 0) - minutes(by))).toBeLessThanOrEqual(15_000);
});

test.each([
  ["two", [10, 10]],
  ["three that do not agree", [10, 5, -3]],
  ["three against as many for whom the clock is right", [10, 10, 10, 0, 0, 0]],
])("%s propose nothing", (_, by) => {
  expect(proposalsOf(...by.map(minutes)).proposal(nowMs)).toBeNull();
});

test("one phone is one, however often it is shown", () => {
  const proposals = proposalsOf(minutes(10), minutes(10));
  for (let time = 0; time < 5; time += 1) proposals.note("ticket 0", slotAt(nowMs + minutes(10)), nowMs);
  expect(proposals.proposal(nowMs)).toBeNull();
});

test("what was shown long ago, or before the clock was set, says nothing", () => {
  const proposals = proposalsOf(minutes(10), minutes(10), minutes(10));
  expect(proposals.proposal(nowMs + minutes(11))).toBeNull();
  const set = proposalsOf(minutes(10), minutes(10), minutes(10));
  set.forget();
  expect(set.proposal(nowMs)).toBeNull();
});
