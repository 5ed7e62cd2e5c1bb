import { mostRecords, type SignedRecord, type Uploaded } from "@tessera/contracts";
import { recordMessage, toBase64url } from "@tessera/pass";
import { expect, test } from "vitest";
import { type Journal, openJournal } from "./journal.ts";
import { createFakeClock } from "./testing/fake-clock.ts";
import { nowMs } from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";
import { kept, scanRecord } from "./testing/records.ts";
import { Uploads } from "./uploads.ts";

const scannerId = "01990b5a-7c00-7abc-8def-0000000000cc";

const numbersIn = (records: readonly SignedRecord[]): number[] =>
  records.map(({ body }) => Number(Reflect.get(Object(JSON.parse(body)), "number")));
const all = (records: readonly SignedRecord[]): Uploaded => ({ taken: numbersIn(records), refused: [] });

async function write(journal: Journal, records: number): Promise<void> {
  for (let index = 0; index < records; index += 1) await journal.append(scanRecord(), kept);
}

/** A tablet that has written so much down already; each upload is answered when it is told to. */
async function openUploads({ written = 0 } = {}) {
  const clock = createFakeClock(nowMs);
  const store = createMapStore();
  const journal = await openJournal(store);
  await write(journal, written);
  const closing = new AbortController();
  const tried: boolean[] = [];
  const asked: (ReturnType<typeof Promise.withResolvers<Uploaded>> & { readonly records: readonly SignedRecord[] })[] =
    [];
  const uploads = new Uploads({
    scannerId,
    journal,
    clock,
    transport: {
      upload: ({ records }) => {
        const answer = Promise.withResolvers<Uploaded>();
        asked.push({ ...answer, records });
        return answer.promise;
      },
    },
    sign: async (message) => message.slice(),
    closed: closing.signal,
    onTried: (answered) => void tried.push(answered),
  });
  /** The upload of that place, once it was begun. */
  const upload = async (index: number) => {
    await expect.poll(() => asked.length).toBe(index + 1);
    const found = asked[index];
    if (found === undefined) throw new Error("no such upload");
    return found;
  };
  return { clock, store, journal, closing, tried, asked, uploads, upload };
}

test("the oldest go first, two hundred at a time, each signed as it stands there", async () => {
  const { journal, uploads, upload } = await openUploads({ written: mostRecords + 1 });
  const sending = uploads.now();
  const first = await upload(0);
  expect(numbersIn(first.records)).toEqual(Array.from({ length: mostRecords }, (_, index) => index + 1));
  const [{ body, signature } = { body: "", signature: "" }] = first.records;
  expect(JSON.parse(body)).toEqual({ ...scanRecord(), number: 1 });
  expect(signature).toBe(toBase64url(await recordMessage(scannerId, body)));
  first.resolve(all(first.records));
  const second = await upload(1);
  expect(numbersIn(second.records)).toEqual([mostRecords + 1]);
  second.resolve(all(second.records));
  await sending;
  expect(journal.queued).toBe(0);
});

test("what is written down is sent at once, also what comes while an upload is under way", async () => {
  const { journal, upload, tried, asked } = await openUploads();
  await write(journal, 1);
  const first = await upload(0);
  await write(journal, 1);
  expect(asked).toHaveLength(1);
  first.resolve(all(first.records));
  // No time passes: whoever writes as fast as the server takes has not failed.
  const second = await upload(1);
  expect(numbersIn(second.records)).toEqual([2]);
  second.resolve(all(second.records));
  await expect.poll(() => journal.queued).toBe(0);
  expect(tried).toEqual([true, true]);
});

test("an answer that was lost is asked for again with the very same records", async () => {
  const { clock, store, journal, uploads, upload, tried } = await openUploads({ written: 2 });
  void uploads.now();
  const first = await upload(0);
  first.reject(new Error("the network went"));
  await expect.poll(() => tried).toEqual([false]);
  expect(journal.queued).toBe(2);
  clock.advance(1000);
  const second = await upload(1);
  expect(second.records).toEqual(first.records);
  second.resolve(all(second.records));
  await expect.poll(() => journal.queued).toBe(0);
  // What it said late of the first is said of nothing that waits.
  await journal.settle(journal.waiting(10), all(first.records));
  expect((await openJournal(store)).queued).toBe(0);
});

test("the pauses grow while the server does not answer, and are forgotten when it does", async () => {
  const { clock, journal, uploads, upload, tried, asked } = await openUploads({ written: 1 });
  void uploads.now();
  for (const [index, pauseMs] of [1000, 2000, 5000, 15_000, 60_000, 60_000].entries()) {
    (await upload(index)).reject(new Error("no network"));
    await expect.poll(() => tried.length).toBe(index + 1);
    clock.advance(pauseMs - 1);
    // What is written meanwhile waits for the next turn as well.
    await write(journal, 1);
    expect(asked).toHaveLength(index + 1);
    clock.advance(1);
  }
  const answered = await upload(6);
  answered.resolve(all(answered.records));
  await expect.poll(() => journal.queued).toBe(0);
  await write(journal, 1);
  (await upload(7)).reject(new Error("no network"));
  await expect.poll(() => tried.length).toBe(8);
  clock.advance(1000);
  await upload(8);
});

test("an upload that nobody answers is given up, and `now` does not wait for its turn", async () => {
  const { clock, uploads, upload, tried } = await openUploads({ written: 1 });
  const sending = uploads.now();
  await upload(0);
  clock.advance(30_000);
  await sending;
  expect(tried).toEqual([false]);
  void uploads.now();
  await upload(1);
});

test("what came torn is sent again, after a pause if nothing else was taken, and what is refused is not", async () => {
  const { clock, journal, uploads, upload, tried, asked } = await openUploads({ written: 3 });
  void uploads.now();
  (await upload(0)).resolve({
    taken: [1],
    refused: [
      { index: 1, why: "torn" },
      { index: 2, why: "bad_signature" },
    ],
  });
  const again = await upload(1);
  expect(numbersIn(again.records)).toEqual([2]);
  again.resolve({ taken: [], refused: [{ index: 0, why: "torn" }] });
  await expect.poll(() => tried).toEqual([true, true]);
  expect(asked).toHaveLength(2);
  clock.advance(1000);
  const whole = await upload(2);
  whole.resolve(all(whole.records));
  await expect.poll(() => journal.queued).toBe(0);
  expect(journal.refused).toBe(1);
});

test("a store that cannot note what was taken makes no haste, and loses nothing", async () => {
  const { clock, store, journal, uploads, upload, tried } = await openUploads({ written: 1 });
  store.writes = 0;
  void uploads.now();
  const first = await upload(0);
  first.resolve(all(first.records));
  await expect.poll(() => tried).toEqual([true]);
  expect(journal.queued).toBe(1);
  store.writes = Infinity;
  clock.advance(1000);
  const second = await upload(1);
  second.resolve(all(second.records));
  await expect.poll(() => journal.queued).toBe(0);
});

test("nothing is sent once the tablet is closed", async () => {
  const { clock, journal, closing, uploads, upload, tried, asked } = await openUploads({ written: 1 });
  void uploads.now();
  (await upload(0)).reject(new Error("no network"));
  await expect.poll(() => tried).toEqual([false]);
  closing.abort();
  clock.advance(60_000);
  await uploads.now();
  await write(journal, 1);
  expect(asked).toHaveLength(1);
});
