import { createHash } from "node:crypto";
import { type SignedRecord, tabletRecord, type Uploaded } from "@tessera/contracts";
import { fromBase64url, recordMessage } from "@tessera/pass";
import { expect, test } from "vitest";
import type { NewRecord } from "./journal-entries.ts";
import { openJournal } from "./journal.ts";
import { createFakeClock } from "./testing/fake-clock.ts";
import { competitionSessionId, gate, nowMs, shiftId, ticketId } from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";
import { Uploads } from "./uploads.ts";

const scannerId = "01990b5a-7c00-7abc-8def-0000000005ca";
const sign = async (message: Uint8Array) => new Uint8Array(createHash("sha512").update(message).digest());
const scan: NewRecord = {
  kind: "scan",
  shiftId,
  at: new Date(nowMs).toISOString(),
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
};
const kept = { state: "kept", subject: { ticketId, byHand: false, atMs: nowMs } } as const;
const numberOf = ({ body }: SignedRecord): number => tabletRecord.parse(JSON.parse(body)).number;

type Answer = (records: readonly SignedRecord[]) => Uploaded | Promise<Uploaded>;
const takeAll: Answer = (records) => ({ taken: records.map(numberOf), refused: [] });

/** A tablet with so many records, and a server that answers each upload by the next of these, and then takes all. */
async function uploading(count: number, ...answers: Answer[]) {
  const store = createMapStore();
  const clock = createFakeClock(nowMs);
  const closing = new AbortController();
  const batches: SignedRecord[][] = [];
  const tried: boolean[] = [];
  const open = async () => {
    const journal = await openJournal(store);
    const uploads = new Uploads({
      scannerId,
      journal,
      clock,
      sign,
      closed: closing.signal,
      onTried: (answered) => tried.push(answered),
      transport: {
        upload: async ({ records }) => {
          batches.push(records);
          return (answers.shift() ?? takeAll)(records);
        },
      },
    });
    return { journal, uploads };
  };
  const first = await openJournal(store);
  for (let index = 0; index < count; index += 1) await first.append(scan, kept);
  return { store, clock, closing, batches, tried, answers, open, ...(await open()) };
}

test("sends signed records, the oldest first, at most 200 at a time", async () => {
  const { uploads, journal, batches } = await uploading(450);
  await uploads.now();
  expect(batches.map((batch) => batch.map(numberOf))).toEqual([
    Array.from({ length: 200 }, (_, index) => index + 1),
    Array.from({ length: 200 }, (_, index) => index + 201),
    Array.from({ length: 50 }, (_, index) => index + 401),
  ]);
  expect(journal.queued).toBe(0);
  const [record] = batches[0] ?? [];
  const signature = await sign(await recordMessage(scannerId, record?.body ?? ""));
  expect(Buffer.from(fromBase64url(record?.signature ?? "")).equals(Buffer.from(signature))).toBe(true);
});

test("again and again, with growing pauses, until the server takes them", async () => {
  const lost: Answer = () => Promise.reject(new Error("no network"));
  const { uploads, journal, clock, batches, tried } = await uploading(2, lost, lost, lost);
  await uploads.now();
  for (const [pauseMs, tries] of [
    [1000, 2],
    [2000, 3],
    [5000, 4],
  ] as const) {
    clock.advance(pauseMs - 1);
    expect(batches).toHaveLength(tries - 1);
    clock.advance(1);
    await expect.poll(() => tried.length, { interval: 2 }).toBe(tries);
  }
  expect(journal.queued).toBe(0);
  expect(tried).toEqual([false, false, false, true]);
});

test("an upload whose answer was lost is the same text again, also after a restart", async () => {
  const { uploads, batches, open } = await uploading(3, () => Promise.reject(new Error("the answer was lost")));
  await uploads.now();
  const again = await open();
  await again.uploads.now();
  expect(batches).toHaveLength(2);
  expect(batches[1]).toEqual(batches[0]);
  expect(again.journal.queued).toBe(0);
});

test("one that is never answered is given up, and the next try goes on", async () => {
  const { uploads, journal, clock, batches, tried } = await uploading(1, () => new Promise(() => {}));
  const sending = uploads.now();
  await expect.poll(() => batches.length, { interval: 2 }).toBe(1);
  clock.advance(30_000);
  await sending;
  expect(tried).toEqual([false]);
  clock.advance(1000);
  await expect.poll(() => journal.queued, { interval: 2 }).toBe(0);
});

test("what came torn is sent again, and what is refused for good is set aside and stops nobody", async () => {
  const torn: Answer = (records) => ({
    taken: records.slice(2).map(numberOf),
    refused: [
      { index: 0, why: "torn" },
      { index: 1, why: "unknown_shift" },
    ],
  });
  const { uploads, journal, batches, open } = await uploading(4, torn);
  await uploads.now();
  expect(batches.map((batch) => batch.map(numberOf))).toEqual([[1, 2, 3, 4], [1]]);
  expect([journal.queued, journal.refused]).toEqual([0, 1]);
  expect((await open()).journal.refused).toBe(1);
});

test("at a busy gate, what is written meanwhile is no failure, and makes no pause", async () => {
  const { uploads, journal, answers, batches } = await uploading(1);
  answers.push(async (records) => {
    await journal.append(scan, kept);
    await journal.append(scan, kept);
    return takeAll(records);
  });
  await uploads.now();
  expect(batches.map((batch) => batch.map(numberOf))).toEqual([[1], [2, 3]]);
  expect(journal.queued).toBe(0);
});

test("while the disk is full, what the server has taken waits, and is taken again", async () => {
  const { store, uploads, journal, clock, batches } = await uploading(2);
  store.writes = 0;
  await uploads.now();
  expect(journal.queued).toBe(2);
  store.writes = Infinity;
  clock.advance(1000);
  await expect.poll(() => journal.queued, { interval: 2 }).toBe(0);
  expect(batches).toHaveLength(2);
});

test("nothing is sent once the app is closed", async () => {
  const { uploads, closing, batches } = await uploading(2);
  closing.abort();
  await uploads.now();
  expect(batches).toEqual([]);
});
