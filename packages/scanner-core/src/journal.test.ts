import { expect, test } from "vitest";
import type { Entry, NewRecord } from "./journal-entries.ts";
import { type Journal, openJournal } from "./journal.ts";
import type { Change, Store } from "./ports.ts";
import { competitionSessionId, gate, nowMs, shiftId, ticketId } from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";

const at = new Date(nowMs).toISOString();
const scan = (change: Partial<Extract<NewRecord, { kind: "scan" }>> = {}): NewRecord => ({
  kind: "scan",
  shiftId,
  at,
  competitionSessionId,
  gateId: gate.id,
  direction: "in",
  means: "camera",
  code: "TSR1:",
  ticketId: null,
  outcome: "admit",
  reason: "admitted",
  shown: "admit",
  confirmed: false,
  listNumber: 1,
  cutOff: true,
  clockInDoubt: false,
  ...change,
});
const subject = { ticketId, byHand: false, atMs: nowMs };
const kept: Pick<Entry, "state" | "subject"> = { state: "kept", subject };
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
  await Promise.all([first.append(scan(), kept), first.append(scan(), kept)]);
  const second = await openJournal(store);
  await second.append(scan(), kept);
  expect(numbersOf(second)).toEqual([1, 2, 3]);
});

test.each([0, 1, 2, 3])(
  "killed after %i writes, nothing that was written is lost, and no number is used twice",
  async (writes) => {
    const store = createMapStore();
    const journal = await openJournal(dying(store, writes));
    const done: number[] = [];
    for (let index = 0; index < 4; index += 1) {
      await journal.append(scan(), kept).then(
        ({ record }) => done.push(record.number),
        () => null,
      );
    }
    const again = await openJournal(store);
    expect(numbersOf(again)).toEqual(done);
    const next = await again.append(scan(), kept);
    expect(next.record.number).toBe(done.length + 1);
  },
);

test("a scan about which nothing was said goes to the server as such", async () => {
  const store = createMapStore();
  await (await openJournal(store)).append(scan({ shown: null }), { ...kept, state: "open" });
  const again = await openJournal(store);
  expect(again.waiting(10)).toMatchObject([{ number: 1, shown: null }]);
  expect(again.passagesOf(ticketId)).toEqual([]);
  expect(again.unsaidOf(ticketId)).toHaveLength(1);
});

test("who went through is read from it again, by what a person decided last", async () => {
  const store = createMapStore();
  const journal = await openJournal(store);
  await journal.append(scan({ outcome: "check", shown: "check" }), kept);
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
  for (let index = 0; index < 4; index += 1) await journal.append(scan(), kept);
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
  for (let index = 0; index < 3; index += 1) await journal.append(scan(), kept);
  await journal.settle(journal.waiting(10), { taken: [1, 2, 3], refused: [] });
  await journal.prune(nowMs + 37 * 3_600_000);
  const again = await openJournal(store);
  expect((await again.append(scan(), kept)).record.number).toBe(4);
});
