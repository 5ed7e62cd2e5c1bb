import { expect, test } from "vitest";
import { nowMs, openKnownGate, supervisorShiftId } from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";
import { otherTicket } from "./testing/other-tickets.ts";

const aheadMs = 600_000;
const pin = "274913";

/** A tablet without contact that has slept, or was set: three visitors show that it is ten minutes ahead. */
async function openWrong() {
  const tickets = await Promise.all([1, 2, 3].map((number) => otherTicket(number)));
  const store = createMapStore();
  const gate = await openKnownGate(store, { others: tickets.map(({ listed }) => listed) });
  for (let index = 0; index < 3; index += 1) gate.contact.missed();
  gate.clock.setWall(aheadMs);
  const shown = [];
  for (const { code } of tickets) shown.push(await gate.scanner.scan(code, "wedge"));
  return { ...gate, store, shown };
}

test("what a doubtful clock finds stale is looked at, and three tickets that agree propose the time", async () => {
  const { scanner, shown } = await openWrong();
  expect(shown).toMatchObject([1, 2, 3].map(() => ({ outcome: "check", reason: "stale_code" })));
  const { clockProposal } = scanner.state();
  expect(clockProposal?.proofs).toBe(3);
  expect(Math.abs((clockProposal?.correctionMs ?? 0) + aheadMs)).toBeLessThanOrEqual(7500);
});

test("only a supervisor's PIN sets it, and it is written down", async () => {
  const { scanner, serverClock, journal, shown } = await openWrong();
  expect(await scanner.confirmClock({ shiftId: supervisorShiftId, pin: "000000" })).toBe("wrong_pin");
  expect(serverClock.inDoubt()).toBe(true);
  expect(await scanner.confirmClock({ shiftId: supervisorShiftId, pin })).toBe("done");
  expect(Math.abs(scanner.nowMs() - nowMs)).toBeLessThanOrEqual(7500);
  expect([serverClock.inDoubt(), scanner.state().clockProposal]).toEqual([false, null]);
  expect(journal.waiting(10).at(-1)).toMatchObject({ kind: "clock", number: shown.length + 1 });
  expect(await scanner.confirmClock({ shiftId: supervisorShiftId, pin })).toBe("gone");
});

test("a proposal that the server's own time has overtaken sets nothing", async () => {
  const { scanner, serverClock, clock, journal, shown } = await openWrong();
  serverClock.learn(nowMs, clock.monotonicMs());
  expect(await scanner.confirmClock({ shiftId: supervisorShiftId, pin })).toBe("gone");
  expect(scanner.nowMs()).toBe(nowMs);
  expect(scanner.state().clockProposal).toBeNull();
  expect(journal.queued).toBe(shown.length);
});

test("a clock that cannot be written down is not set", async () => {
  const { scanner, serverClock, store } = await openWrong();
  store.writes = 0;
  expect(await scanner.confirmClock({ shiftId: supervisorShiftId, pin })).toBe("gone");
  expect([serverClock.inDoubt(), scanner.state().unwritten]).toEqual([true, true]);
});
