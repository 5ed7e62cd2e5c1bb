import { slotAt, slotMs } from "@tessera/pass";
import { expect, test } from "vitest";
import { ClockProposals } from "./clock-proposals.ts";

/** The middle of a slot. */
const nowMs = Date.UTC(2028, 6, 15, 18, 0, 7, 500);
const slot = slotAt(nowMs);
const minuteMs = 60_000;

/** What phones show, one slot each, as they are so many slots ahead of the tablet. */
function seen(...ahead: number[]): ClockProposals {
  const proposals = new ClockProposals();
  for (const [index, slots] of ahead.entries()) proposals.note(`ticket ${index}`, slot + slots, nowMs);
  return proposals;
}

test("three tickets that agree propose what is to be added", () => {
  expect(seen(40, 40).proposal(nowMs)).toBeNull();
  expect(seen(40, 40, 40).proposal(nowMs)).toEqual({ correctionMs: 40 * slotMs, proofs: 3 });
  expect(seen(-40, -40, -41).proposal(nowMs)).toEqual({ correctionMs: -40 * slotMs, proofs: 3 });
});

test("one ticket three times is one ticket, and says what it showed last", () => {
  const proposals = new ClockProposals();
  for (const slots of [40, 40, 40]) proposals.note("one ticket", slot + slots, nowMs);
  expect(proposals.proposal(nowMs)).toBeNull();
  for (const ticket of ["another", "a third"]) proposals.note(ticket, slot + 40, nowMs);
  expect(proposals.proposal(nowMs)).toMatchObject({ proofs: 3 });
  proposals.note("one ticket", slot, nowMs);
  expect(proposals.proposal(nowMs)).toBeNull();
});

test("phones that are wrong each in its own way propose nothing", () => {
  expect(seen(10, 20, 30, 40, -50).proposal(nowMs)).toBeNull();
  expect(seen(10, 40, 41, 40, -50).proposal(nowMs)).toEqual({ correctionMs: 40 * slotMs, proofs: 3 });
});

test("as many phones as say that the clock is right keep it as it is", () => {
  expect(seen(40, 40, 40, 0, 1, -1).proposal(nowMs)).toBeNull();
  expect(seen(40, 40, 40, 0, 1).proposal(nowMs)).toMatchObject({ proofs: 3 });
});

test("what was shown more than ten minutes ago says nothing, nor what was shown before the clock was set", () => {
  const proposals = seen(40, 40);
  proposals.note("late", slotAt(nowMs + 10 * minuteMs) + 40, nowMs + 10 * minuteMs);
  expect(proposals.proposal(nowMs + 10 * minuteMs)).toMatchObject({ proofs: 3 });
  expect(proposals.proposal(nowMs + 10 * minuteMs + 1)).toBeNull();
  const set = seen(40, 40, 40);
  set.forget();
  expect(set.proposal(nowMs)).toBeNull();
});

test("phones read one after the other within a slot agree, and the clock is right to half a slot after it", () => {
  const proposals = new ClockProposals();
  for (const [index, laterMs] of [-7000, 0, 7000].entries()) {
    proposals.note(`ticket ${index}`, slotAt(nowMs + laterMs + 20 * minuteMs), nowMs + laterMs);
  }
  const { correctionMs = 0 } = proposals.proposal(nowMs) ?? {};
  expect(Math.abs(correctionMs - 20 * minuteMs)).toBeLessThanOrEqual(slotMs / 2);
});
