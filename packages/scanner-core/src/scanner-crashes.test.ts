import type { TabletRecord } from "@tessera/contracts";
import { expect, test } from "vitest";
import { openJournal } from "./journal.ts";
import type { Store } from "./ports.ts";
import { goodCode, nowMs, openKnownGate, ticketId, yes } from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";

/** An app that is killed at one of its writes: with it on disk and nobody told, or before it got there. */
function killedAt(store: Store, write: number, keepsIt: boolean) {
  let left = write;
  const killed = Promise.withResolvers<null>();
  const never = new Promise<never>(() => {});
  const dying: Store = {
    ...store,
    write: async (changes) => {
      left -= 1;
      if (left < -1) return never;
      if (left === -1) {
        if (keepsIt) await store.write(changes);
        killed.resolve(null);
        return never;
      }
      return store.write(changes);
    },
  };
  return { store: dying, killed: killed.promise };
}

const writes = [0, 1, 2, 3, 4];
const servers = ["says yes", "does not answer", "cannot be reached"] as const;
const cases = writes.flatMap((write) =>
  servers.flatMap((server) => [true, false].map((keepsIt) => [write, server, keepsIt] as const)),
);

test.each(cases)(
  "killed at write %i where the server %s (on disk: %s): nothing is lost, no number is used twice, a copy stays out",
  async (write, server, keepsIt) => {
    const disk = createMapStore();
    const { store, killed } = killedAt(disk, write, keepsIt);
    const gate = await openKnownGate(store);
    const { scanner, clock, questions } = gate;
    const shown: { key: number; outcome: string }[] = [];
    scanner.subscribe(() => {
      const { scan } = scanner.state();
      if (scan !== null && scan.key !== shown.at(-1)?.key) shown.push(scan);
    });
    gate.answerBy((answer) => {
      if (server === "says yes") answer.resolve(yes);
      else if (server === "cannot be reached") answer.reject(new Error("no network"));
      else queueMicrotask(() => clock.advance(400));
    });
    // One who may enter, somebody with no ticket, and the first one's friend with a copy.
    const evening = async (): Promise<void> => {
      for (const code of [goodCode, "https://tickets.example", goodCode]) await scanner.scan(code, "wedge");
    };
    await Promise.race([killed, evening()]);

    const again = await openKnownGate(disk);
    const records = again.journal.waiting(100);
    expect(records.map(({ number }) => number)).toEqual(records.map((_, index) => index + 1));
    const scanOf = (number: number): TabletRecord | undefined => records[number - 1];
    for (const { key, outcome } of shown) expect(scanOf(key)).toMatchObject({ shown: outcome });
    for (const { number, code } of questions) expect(scanOf(number)).toMatchObject({ number, code });

    const wasIn = again.journal.passagesOf(ticketId).length > 0;
    expect(wasIn).toBe(records.some((record) => record.kind === "scan" && record.shown === "admit"));
    for (let miss = 0; miss < 3; miss += 1) again.contact.missed();
    const copy = await again.scanner.scan(goodCode, "wedge");
    expect(copy).toMatchObject({ key: records.length + 1, outcome: wasIn ? "refuse" : "admit" });
    expect(await again.scanner.scan(goodCode, "wedge")).toMatchObject({ outcome: "refuse" });
  },
);

test("what was written last before the app was killed is said again, until the next scan", async () => {
  const disk = createMapStore();
  const first = await openKnownGate(disk);
  for (let miss = 0; miss < 3; miss += 1) first.contact.missed();
  await first.scanner.scan(goodCode, "wedge");
  expect(first.scanner.state().lastWord).toBeNull();
  const { scanner, journal } = await openKnownGate(disk);
  const said = { holderName: "Camille Martin", through: true, direction: "in", atMs: nowMs };
  expect(scanner.state().lastWord).toEqual(said);
  await scanner.scan(goodCode, "wedge");
  expect([scanner.state().lastWord, journal.lastWord]).toEqual([null, null]);

  // What happened an hour ago was seen.
  const later = await openKnownGate(disk, { unheardOffMs: 3_600_000 });
  expect(later.scanner.state().lastWord).toBeNull();
});

test("a scan about which nothing was said is none that was said", async () => {
  const disk = createMapStore();
  const { store, killed } = killedAt(disk, 1, false);
  const { scanner, asked } = await openKnownGate(store);
  void scanner.scan(goodCode, "wedge");
  await expect.poll(() => asked.length, { interval: 1 }).toBe(1);
  asked[0]?.resolve(yes);
  await killed;
  expect((await openJournal(disk)).lastWord).toBeNull();
  expect((await openKnownGate(disk)).scanner.state().lastWord).toBeNull();
});
