import { tabletRecord } from "@tessera/contracts";
import { expect, test } from "vitest";
import {
  gate as here,
  goodCode,
  named,
  no,
  openKnownGate,
  supervisorShiftId,
  ticketId,
  yes,
} from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";

type Gate = Awaited<ReturnType<typeof openKnownGate>>;

/** Scans, and lets as much time pass as the server is given. */
async function scanUnanswered({ scanner, clock, asked }: Gate, code = goodCode) {
  const before = asked.length;
  const scanning = scanner.scan(code, "wedge");
  await expect.poll(() => asked.length).toBe(before + 1);
  clock.advance(400);
  return scanning;
}

test("a yes that the server confirms in time is a confirmed one", async () => {
  const gate = await openKnownGate(createMapStore());
  const scanning = gate.scanner.scan(goodCode, "wedge");
  await expect.poll(() => gate.asked.length).toBe(1);
  gate.clock.advance(399);
  gate.asked[0]?.resolve(yes);
  expect(await scanning).toMatchObject({ outcome: "admit", confirmed: true, ticket: { holderName: "Camille Martin" } });
  expect(gate.journal.waiting(10)).toMatchObject([{ shown: "admit", confirmed: true }]);
});

test("the server's no in time is the verdict", async () => {
  const gate = await openKnownGate(createMapStore());
  const scanning = gate.scanner.scan(goodCode, "wedge");
  await expect.poll(() => gate.asked.length).toBe(1);
  gate.asked[0]?.resolve(no);
  expect(await scanning).toMatchObject({ outcome: "refuse", reason: "already_admitted", confirmed: true });
  expect(gate.journal.passagesOf(ticketId)).toEqual([]);
});

test("unanswered, the tablet's yes stands; a copy is refused here, also after a restart, and asks nobody", async () => {
  const store = createMapStore();
  const gate = await openKnownGate(store);
  expect(await scanUnanswered(gate)).toMatchObject({ outcome: "admit", confirmed: false });
  expect(await gate.scanner.scan(goodCode, "wedge")).toMatchObject({ outcome: "refuse", reason: "already_admitted" });
  const again = await openKnownGate(store);
  expect(await again.scanner.scan(goodCode, "wedge")).toMatchObject({ outcome: "refuse", reason: "already_admitted" });
  expect([gate.asked.length, again.asked.length]).toEqual([1, 0]);
});

const elsewhere = { id: "01990b5a-7c00-7abc-8def-0000000000ab", code: "B", name: "Gate B" };

test("unanswered, a ticket of another home gate is sent there from the first scan on; the server may let it in", async () => {
  const gate = await openKnownGate(createMapStore(), { homeGate: elsewhere });
  const sentThere = { outcome: "refuse", reason: "wrong_gate", homeGate: elsewhere, confirmed: false };
  expect(await scanUnanswered(gate)).toMatchObject(sentThere);
  expect(gate.journal.waiting(10)).toMatchObject([{ shown: "refuse", confirmed: false }]);
  expect(gate.journal.passagesOf(ticketId)).toEqual([]);
  const looking = gate.scanner.lookUp(ticketId);
  await expect.poll(() => gate.asked.length).toBe(2);
  gate.clock.advance(400);
  expect(await looking).toMatchObject(sentThere);
  gate.asked[0]?.resolve(no);
  await expect.poll(() => gate.contact.connected).toBe(true);
  // Nobody was let in, and so nobody is looked for.
  expect(gate.scanner.state().alarm).toBeNull();
  gate.answerBy((answer) => answer.resolve(yes));
  expect(await gate.scanner.scan(goodCode, "wedge")).toMatchObject({ outcome: "admit", confirmed: true });
});

test("unanswered, a ticket of this home gate is let in", async () => {
  const gate = await openKnownGate(createMapStore(), { homeGate: here });
  expect(await scanUnanswered(gate)).toMatchObject({ outcome: "admit", confirmed: false });
});

test("an answer that comes too late changes no verdict, and a wrong yes is told", async () => {
  const gate = await openKnownGate(createMapStore());
  await scanUnanswered(gate);
  gate.asked[0]?.resolve(no);
  await expect.poll(() => gate.scanner.state().alarm).toMatchObject({ key: 1, reason: "already_admitted" });
  expect(gate.scanner.state().scan).toMatchObject({ outcome: "admit" });
});

test("after three misses nobody is asked any more, until the server is heard again", async () => {
  const gate = await openKnownGate(createMapStore());
  for (let index = 0; index < 3; index += 1) gate.contact.missed();
  await gate.scanner.scan(goodCode, "wedge");
  expect(gate.asked).toHaveLength(0);
  gate.contact.heard();
  const found = gate.scanner.lookUp(ticketId);
  // Somebody who is in is a definite no.
  expect(await found).toMatchObject({ outcome: "refuse", reason: "already_admitted" });
  expect(gate.contact.cutOff).toBe(false);
});

test("nothing is said that is not on disk, and nothing is scanned while the tablet is locked", async () => {
  const store = createMapStore();
  const full = await openKnownGate({ ...store, write: () => Promise.reject(new Error("no space")) });
  expect(await full.scanner.scan(goodCode, "wedge")).toBeNull();
  expect(full.scanner.state()).toMatchObject({ scan: null, unwritten: true });
  const gate = await openKnownGate(store);
  gate.lock();
  expect(await gate.scanner.scan(goodCode, "wedge")).toBeNull();
  expect(gate.journal.queued).toBe(0);
});

test("somebody found by name is looked at, and let in by a person, by hand", async () => {
  const gate = await openKnownGate(createMapStore());
  expect(gate.scanner.search("camille")).toMatchObject([{ entry: { ticketId } }]);
  const looking = gate.scanner.lookUp(ticketId);
  await expect.poll(() => gate.asked.length).toBe(1);
  gate.clock.advance(400);
  expect(await looking).toMatchObject({ outcome: "check", reason: "looked_up" });
  expect(await gate.scanner.decide(1, true)).toBe(true);
  expect(gate.scanner.state().scan).toMatchObject({ decision: { admit: true, override: false } });
  expect(gate.journal.passagesOf(ticketId)).toMatchObject([{ byHand: true }]);
  expect(gate.scanner.inside()).toMatchObject([{ zone: 2, inside: 1 }]);
});

test("only a supervisor overrules the screen, with their PIN, and so many times in a shift", async () => {
  const gate = await openKnownGate(createMapStore());
  await scanUnanswered(gate);
  const again = await gate.scanner.scan(goodCode, "wedge");
  const key = again?.key ?? 0;
  const overrule = (pin: string) =>
    gate.scanner.override(key, { shiftId: supervisorShiftId, pin, admit: true, note: "a mother with a child" });
  expect(await overrule("000000")).toBe("wrong_pin");
  expect([await overrule("274913"), await overrule("274913"), await overrule("274913")]).toEqual([
    "done",
    "done",
    "none_left",
  ]);
});

test("a person decides on a check alone, and not after a supervisor", async () => {
  const gate = await openKnownGate(createMapStore());
  await scanUnanswered(gate);
  const refused = await gate.scanner.scan(goodCode, "wedge");
  expect(refused?.outcome).toBe("refuse");
  expect(await gate.scanner.decide(1, false)).toBe(false);
  expect(await gate.scanner.decide(2, true)).toBe(false);
  expect(await gate.scanner.decide(7, true)).toBe(false);
  const supervisor = { shiftId: supervisorShiftId, pin: "274913", admit: true };
  expect(await gate.scanner.override(7, { ...supervisor, note: "nobody" })).toBe("gone");
  // Whatever is typed, the record has room for it.
  expect(await gate.scanner.override(2, { ...supervisor, note: ` \0${"a".repeat(199)}😀 ` })).toBe("done");
  expect(tabletRecord.safeParse(gate.journal.waiting(10).at(-1)).success).toBe(true);

  const looked = await openKnownGate(createMapStore());
  for (let miss = 0; miss < 3; miss += 1) looked.contact.missed();
  await looked.scanner.lookUp(ticketId);
  expect([await looked.scanner.decide(1, true), await looked.scanner.decide(1, false)]).toEqual([true, true]);
  expect(await looked.scanner.override(1, { ...supervisor, note: "their own child" })).toBe("done");
  expect(await looked.scanner.decide(1, false)).toBe(false);
});

test("a record that could not be written for good goes to the server as one that said nothing, in its turn", async () => {
  const store = createMapStore();
  const gate = await openKnownGate(store);
  const scanning = gate.scanner.scan(goodCode, "wedge");
  await expect.poll(() => gate.asked.length).toBe(1);
  store.writes = 0;
  gate.asked[0]?.resolve(yes);
  expect(await scanning).toBeNull();
  expect(gate.scanner.state()).toMatchObject({ scan: null, unwritten: true });
  store.writes = Infinity;
  await gate.scanner.scan("https://tickets.example", "wedge");
  expect(gate.journal.waiting(10)).toMatchObject([
    { number: 1, shown: null },
    { number: 2, shown: "refuse" },
  ]);
});

test("a question that nobody answers is not left open for good", async () => {
  const gate = await openKnownGate(createMapStore());
  await scanUnanswered(gate);
  gate.clock.advance(10_000);
  gate.asked[0]?.resolve(no);
  await gate.scanner.scan("https://tickets.example", "wedge");
  expect(gate.signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(gate.scanner.state().alarm).toBeNull();
});

test("the server says the name where the tablet's own are locked", async () => {
  const gate = await openKnownGate(createMapStore());
  gate.hideNames();
  const scanning = gate.scanner.scan(goodCode, "wedge");
  await expect.poll(() => gate.asked.length).toBe(1);
  gate.asked[0]?.resolve({ ...yes, ticket: { ...named, holderName: "Camille Martin" } });
  expect(await scanning).toMatchObject({ ticket: { holderName: "Camille Martin", kind: "duo" } });
});

test("while the server is asked, the record is on disk, and nobody is sent what may still change", async () => {
  const store = createMapStore();
  const gate = await openKnownGate(store);
  const scanning = gate.scanner.scan(goodCode, "wedge");
  await expect.poll(() => gate.asked.length).toBe(1);
  expect([store.keys("journal"), gate.journal.queued, gate.journal.waiting(10)]).toEqual([[1], 1, []]);
  gate.asked[0]?.resolve(yes);
  await scanning;
  expect(gate.journal.waiting(10)).toHaveLength(1);
});

test("the screen says nothing before it is on disk as it is said", async () => {
  const store = createMapStore();
  const gate = await openKnownGate(store);
  const onDisk: unknown[] = [];
  gate.scanner.subscribe(() => {
    if (gate.scanner.state().scan !== null)
      onDisk.push(structuredClone([...(store.kept.get("journal")?.values() ?? [])]));
  });
  await scanUnanswered(gate);
  expect(onDisk[0]).toMatchObject([{ state: "kept", record: { number: 1, shown: "admit", confirmed: false } }]);
  await gate.scanner.override(1, { shiftId: supervisorShiftId, pin: "274913", admit: false, note: "not them" });
  expect(onDisk.at(-1)).toMatchObject([{}, { record: { kind: "decision", scan: 1, admit: false } }]);
});

test("an app that is killed between the question and the verdict has said nothing, and admitted nobody", async () => {
  const store = createMapStore();
  const gate = await openKnownGate(store);
  store.writes = 1;
  expect(await scanUnanswered(gate)).toBeNull();
  expect(gate.scanner.state()).toMatchObject({ scan: null, deciding: false, unwritten: true });
  store.writes = Infinity;
  const again = await openKnownGate(store);
  expect(again.journal.waiting(10)).toMatchObject([{ number: 1, outcome: "admit", shown: null }]);
  expect(await scanUnanswered(again)).toMatchObject({ key: 2, outcome: "admit" });
});

test("a decision that cannot be written is none", async () => {
  const store = createMapStore();
  const gate = await openKnownGate(store);
  await scanUnanswered(gate);
  await gate.scanner.lookUp(ticketId);
  store.writes = 0;
  expect(await gate.scanner.decide(2, true)).toBe(false);
  const choice = { shiftId: supervisorShiftId, pin: "274913", admit: false, note: "not them" };
  expect(await gate.scanner.override(1, choice)).toBe("gone");
  expect(gate.scanner.state()).toMatchObject({ scan: { decision: null }, unwritten: true });
  expect(gate.journal.passagesOf(ticketId)).toHaveLength(1);
});

test("one scan after the other: what is read meanwhile waits, and is judged by what came of the first", async () => {
  const gate = await openKnownGate(createMapStore());
  const both = [gate.scanner.scan(goodCode, "wedge"), gate.scanner.scan(goodCode, "wedge")];
  await expect.poll(() => gate.asked.length).toBe(1);
  gate.asked[0]?.resolve(yes);
  expect(await Promise.all(both)).toMatchObject([
    { key: 1, outcome: "admit" },
    { key: 2, outcome: "refuse", reason: "already_admitted" },
  ]);
});

test("what is no code of ours is refused without a question, and written down no longer than a record may be", async () => {
  const gate = await openKnownGate(createMapStore());
  expect(await gate.scanner.scan("x".repeat(5000), "typed")).toMatchObject({ outcome: "refuse", ticket: null });
  expect(gate.asked).toHaveLength(0);
  expect(gate.journal.waiting(1)).toMatchObject([{ code: "x".repeat(1000), shown: "refuse", confirmed: false }]);
});

test("who answers late that it agrees raises no alarm, and is contact again", async () => {
  const gate = await openKnownGate(createMapStore());
  await scanUnanswered(gate);
  expect(gate.contact.connected).toBe(false);
  gate.asked[0]?.resolve(yes);
  await expect.poll(() => gate.contact.connected).toBe(true);
  expect(gate.scanner.state().alarm).toBeNull();
});
