import { expect, test } from "vitest";
import { type Journal, openJournal } from "./journal.ts";
import type { Change, Store } from "./ports.ts";
import { competitionSessionId, gate, nowMs, shiftId, ticketId } from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";
import { at, kept, scanRecord } from "./testing/records.ts";

const numbersOf = (journal: Journal): number[] => journal.waiting(100).map(({ number }) => number);

/** A store whose writes fail from one on, as if the app had been killed. */
function dying(store: Store, writesLeft: number): Store {
  let left = writesLeft;
  return {
    ...store,
    write: (changes: readonly Change[]) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error("killed")) : store.write(changes);
    },
  };
}

test("numbers rise without a gap over restarts", async () => {
  const store = createMapStore();
  const first = await openJournal(store);
  await Promise.all([first.append(scanRecord(), kept), first.append(scanRecord(), kept)]);
  const second = await openJournal(store);
  await second.append(scanRecord(), kept);
  expect(numbersOf(second)).toEqual([1, 2, 3]);
});

test.each([0, 1, 2, 3])(
  "killed after %i writes, nothing that was written is lost, and no number is used twice",
  async (writes) => {
    const store = createMapStore();
    const journal = await openJournal(dying(store, writes));
    const done: number[] = [];
    for (let index = 0; index < 4; index += 1) {
      await journal.append(scanRecord(), kept).then(
        ({ record }) => done.push(record.number),
        () => null,
      );
    }
    const again = await openJournal(store);
    expect(numbersOf(again)).toEqual(done);
    const next = await again.append(scanRecord(), kept);
    expect(next.record.number).toBe(done.length + 1);
  },
);

test("a scan about which nothing was said goes to the server as such", async () => {
  const store = createMapStore();
  await (await openJournal(store)).append(scanRecord({ shown: null }), { ...kept, state: "open" });
  const again = await openJournal(store);
  expect(again.waiting(10)).toMatchObject([{ number: 1, shown: null }]);
  expect(again.passagesOf(ticketId)).toEqual([]);
  expect(again.unsaidOf(ticketId)).toHaveLength(1);
});

test("who went through is read from it again, by what a person decided last", async () => {
  const store = createMapStore();
  const journal = await openJournal(store);
  await journal.append(scanRecord({ outcome: "check", shown: "check" }), kept);
  const decide = (admit: boolean) =>
    journal.append(
      { kind: "decision", shiftId, at, scan: 1, admit, override: false, note: null },
      { ...kept, subject: null },
    );
  expect(journal.admitted(competitionSessionId)).toBe(0);
  await decide(true);
  expect(journal.admitted(competitionSessionId)).toBe(1);
  expect((await openJournal(store)).passagesOf(ticketId)).toMatchObject([{ direction: "in", gateId: gate.id }]);
  await decide(false);
  const again = await openJournal(store);
  expect([again.admitted(competitionSessionId), again.passagesOf(ticketId)]).toEqual([0, []]);
});

test("what was taken waits no more, what is refused is set aside, and what came torn is sent again", async () => {
  const store = createMapStore();
  const journal = await openJournal(store);
  for (let index = 0; index < 4; index += 1) await journal.append(scanRecord(), kept);
  await journal.settle(journal.waiting(10), {
    taken: [1],
    refused: [
      { index: 1, why: "contradicts" },
      { index: 2, why: "torn" },
    ],
  });
  for (const each of [journal, await openJournal(store)]) {
    expect([numbersOf(each), each.refused, each.queued]).toEqual([[3, 4], 1, 2]);
  }
});

test("what the server has had for long is forgotten, but for the newest number", async () => {
  const store = createMapStore();
  const journal = await openJournal(store);
  for (let index = 0; index < 3; index += 1) await journal.append(scanRecord(), kept);
  await journal.settle(journal.waiting(10), { taken: [1, 2, 3], refused: [] });
  await journal.prune(nowMs + 37 * 3_600_000);
  const again = await openJournal(store);
  expect((await again.append(scanRecord(), kept)).record.number).toBe(4);
});

/** What a tablet does in a while: a yes after the server was asked, a look, a decision, an upload, a clock that is set. */
const steps: readonly ((journal: Journal) => Promise<unknown>)[] = [
  async (journal) => {
    const entry = await journal.append(scanRecord({ shown: null }), { ...kept, state: "open" });
    await journal.close({ ...entry, record: { ...scanRecord(), number: entry.record.number } });
  },
  (journal) =>
    journal.append(scanRecord({ outcome: "check", shown: "check" }), {
      ...kept,
      subject: { ...kept.subject, ticketId: "another" },
    }),
  (journal) =>
    journal.append(
      { kind: "decision", shiftId, at, scan: 2, admit: true, override: true, note: "known" },
      { ...kept, subject: null },
    ),
  (journal) => journal.settle(journal.waiting(2), { taken: [1], refused: [{ index: 1, why: "contradicts" }] }),
  (journal) => journal.append({ kind: "clock", shiftId, at, correctionMs: 1000 }, { ...kept, subject: null }),
];

const standing = (journal: Journal): unknown => ({
  waiting: journal.waiting(100),
  queued: journal.queued,
  refused: journal.refused,
  admitted: journal.admitted(competitionSessionId),
  passages: [journal.passagesOf(ticketId), journal.passagesOf("another")],
  decision: journal.decisionOn(2)?.admit ?? null,
  overrides: journal.overridesIn(shiftId),
});

test("killed at any write, the journal opens as it stood on disk, and goes on with the next number", async () => {
  const whole = await openJournal(createMapStore());
  for (const step of steps) await step(whole);
  for (let writes = 0; writes <= steps.length + 1; writes += 1) {
    const store = createMapStore();
    store.writes = writes;
    const journal = await openJournal(store);
    let done = 0;
    for (const step of steps) {
      const worked = await step(journal).then(
        () => true,
        () => false,
      );
      if (!worked) break;
      done += 1;
    }
    const keys = store.keys("journal");
    expect(keys).toEqual(keys.map((_, index) => index + 1));
    store.writes = Infinity;
    const again = await openJournal(store);
    // What was open is the one thing that changes: nothing was said of it.
    if (writes === 1) expect(again.waiting(10)).toMatchObject([{ number: 1, shown: null }]);
    else expect(standing(again)).toEqual(standing(journal));
    expect(again.queued).toBe(again.waiting(100).length);
    if (done === steps.length) expect(standing(again)).toEqual(standing(whole));
    expect((await again.append(scanRecord(), kept)).record.number).toBe(keys.length + 1);
  }
});
