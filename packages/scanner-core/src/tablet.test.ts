import { comparisonCode, enrolmentMessage, fromBase64url, verifySignature } from "@tessera/pass";
import { describe, expect, test } from "vitest";
import type { EnrolledState } from "./tablet-state.ts";
import type { Tablet } from "./tablet.ts";
import { createOffice, hourMs, pin, scannerId, startMs } from "./testing/known-tablet.ts";
import { competitionSessionId, gates, orderReference } from "./testing/list-server.ts";
import { createMapStore } from "./testing/open-keeper.ts";

function enrolled(tablet: Tablet): EnrolledState {
  const state = tablet.state();
  if (state.phase !== "enrolled") throw new Error(`it is ${state.phase}`);
  return state;
}

const namesOf = async (tablet: Tablet) => {
  const { current } = await tablet.openList(competitionSessionId);
  return current?.party(orderReference(0)).map(({ holderName }) => holderName);
};

describe("enrolment", () => {
  test("by a key of its own: what it shows is what the server must show, and it is a tablet once that is confirmed", async () => {
    const office = createOffice();
    const store = createMapStore();
    const tablet = await office.start(store);
    expect([tablet.state(), tablet.signer()]).toEqual([{ phase: "new", outcome: null }, null]);
    await tablet.claim("abcde-fghjk");
    const [claim] = office.claims;
    const publicKey = fromBase64url(claim?.publicKey ?? "");
    const message = await enrolmentMessage("ABCDEFGHJK", publicKey);
    expect(claim?.code).toBe("ABCDEFGHJK");
    expect(await verifySignature(publicKey, message, fromBase64url(claim?.signature ?? ""))).toBe(true);
    const comparison = await comparisonCode({ ...office.claimed(), publicKey });
    expect(tablet.state()).toMatchObject({ phase: "claimed", comparison });

    office.state = "enrolled";
    await tablet.checkIn();
    expect(enrolled(tablet)).toMatchObject({ name: "Gate A, 1", gate: gates[0], people: [], unlocked: null });
    const signed = await tablet.signer()?.sign(new Uint8Array([1, 2, 3]));
    expect(await verifySignature(publicKey, new Uint8Array([1, 2, 3]), signed ?? new Uint8Array())).toBe(true);
    expect(tablet.signer()?.scannerId).toBe(scannerId);
  });

  test("a code whose answer was lost is asked again with the same key, also after a restart", async () => {
    const office = createOffice();
    const store = createMapStore();
    office.lost = 2;
    await expect((await office.start(store)).claim("ABCDEFGHJK")).rejects.toThrow("network");
    await expect((await office.start(store)).claim("ABCDEFGHJK")).rejects.toThrow("network");
    await (await office.start(store)).claim("abcdefghjk");
    expect(new Set(office.claims.map(({ publicKey }) => publicKey)).size).toBe(1);
    const other = await office.start(createMapStore());
    await other.claim("ABCDEFGHJK");
    expect(new Set(office.claims.map(({ publicKey }) => publicKey)).size).toBe(2);
  });

  test.each(["refused", "expired"] as const)("one that is %s is none, and says so", async (outcome) => {
    const office = createOffice();
    const store = createMapStore();
    const tablet = await office.start(store);
    await tablet.claim("ABCDEFGHJK");
    office.state = outcome;
    await tablet.checkIn();
    expect(tablet.state()).toEqual({ phase: "new", outcome });
    expect((await office.start(store)).state()).toMatchObject({ phase: "new" });
  });

  test("tells how it is with each check-in, every 15 seconds", async () => {
    const office = createOffice(600_000);
    const tablet = await office.enrol(createMapStore());
    await tablet.checkIn();
    const report = { battery: 0.5, queued: 0, clockOffsetMs: 600_000, appVersion: "test" };
    expect(office.reports.at(-1)).toMatchObject(report);
    expect(Date.parse(office.reports.at(-1)?.listMadeAt ?? "")).toBe(startMs);
    const before = office.reports.length;
    office.clock.advance(15_000);
    await expect.poll(() => office.reports.length, { interval: 2 }).toBe(before + 1);
  });
});

describe("a tablet that was revoked", () => {
  const tables = ["crew", "crewKeys", "lists", "listParts", "listNames", "listTrust"];

  test("keeps its journal for a supervisor, and nobody's name, list or PIN", async () => {
    const office = createOffice();
    const store = createMapStore();
    const tablet = await office.enrol(store);
    const scanner = await tablet.openScanner(competitionSessionId, gates[0]);
    office.online = false;
    await scanner.scan("no code of ours", "typed");
    office.online = true;
    office.state = "revoked";
    await tablet.checkIn();
    expect(tablet.state()).toEqual({ phase: "revoked", queued: 1 });
    for (const table of tables) expect([table, store.keys(table)]).toEqual([table, []]);
    expect(store.text()).not.toContain("Nobody");
    expect(await scanner.scan("no code of ours", "typed")).toBeNull();
    expect((await office.start(store)).state()).toEqual({ phase: "revoked", queued: 1 });
  });

  test("keeps nothing of them though it was killed while it forgot", async () => {
    for (let writes = 0; writes < 6; writes += 1) {
      const office = createOffice();
      const store = createMapStore();
      const tablet = await office.enrol(store);
      office.state = "revoked";
      store.writes = writes;
      await tablet.checkIn();
      tablet.close();
      store.writes = Infinity;
      const again = await office.start(store);
      await again.checkIn();
      expect(again.state()).toEqual({ phase: "revoked", queued: 0 });
      for (const table of tables) expect([writes, table, store.keys(table)]).toEqual([writes, table, []]);
    }
  });
});

describe("shifts", () => {
  test("hand over by PIN without a network, and who begins on a locked tablet takes nobody's names away", async () => {
    const office = createOffice();
    const store = createMapStore();
    const tablet = await office.enrol(store);
    tablet.lock();
    expect(await namesOf(tablet)).toEqual([null, null]);
    await tablet.begin(pin);
    await tablet.refresh();
    office.online = false;
    for (const { shiftId } of enrolled(tablet).people) {
      tablet.lock();
      expect(enrolled(tablet).unlocked).toBeNull();
      expect(await tablet.unlock(shiftId, pin)).toBeNull();
      expect(enrolled(tablet).unlocked?.shiftId).toBe(shiftId);
      expect(await namesOf(tablet)).toEqual(["Nobody 0", "Nobody 1"]);
    }
  });

  test("end by time without a network, names with the last of them; the server hears of it later", async () => {
    const office = createOffice();
    const store = createMapStore();
    const tablet = await office.enrol(store);
    expect(store.keys("listNames")).not.toEqual([]);
    office.online = false;
    office.clock.advance(12 * hourMs - 1);
    expect(enrolled(tablet).people).toHaveLength(1);
    office.clock.advance(1);
    await tablet.checkIn();
    expect(enrolled(tablet)).toMatchObject({ people: [], unlocked: null, ended: { displayName: "Person 1" } });
    for (const table of ["crew", "crewKeys", "listNames"]) expect([table, store.keys(table)]).toEqual([table, []]);
    office.online = true;
    await tablet.checkIn();
    expect(office.ended).toEqual(["shift 1"]);
  });

  test("end by no clock that nobody vouches for, and at once when somebody does", async () => {
    const office = createOffice();
    const store = createMapStore();
    (await office.enrol(store)).close();
    office.online = false;
    office.clock.advance(13 * hourMs);
    const tablet = await office.start(store);
    await tablet.checkIn();
    const [person] = enrolled(tablet).people;
    expect(await tablet.unlock(person?.shiftId ?? "", pin)).toBeNull();
    office.online = true;
    await tablet.checkIn();
    expect(enrolled(tablet)).toMatchObject({ people: [], unlocked: null });
    expect(store.keys("crew")).toEqual([]);
  });

  test("an end of which the server says nothing keeps no check-in waiting for good", async () => {
    const office = createOffice();
    const tablet = await office.enrol(createMapStore());
    office.hangs = true;
    await tablet.endShift("shift 1");
    const reports = office.reports.length;
    const checkingIn = tablet.checkIn();
    await expect.poll(() => office.reports.length, { interval: 2 }).toBe(reports + 1);
    office.clock.advance(10_000);
    await checkingIn;
    office.hangs = false;
    await tablet.checkIn();
    expect(office.ended).toEqual(["shift 1"]);
  });
});

test("knows over a restart how wrong the device's clock is, and that nobody vouches for it", async () => {
  const office = createOffice(-600_000);
  const store = createMapStore();
  (await office.enrol(store)).close();
  office.online = false;
  office.clock.advance(hourMs);
  const tablet = await office.start(store);
  expect(tablet.nowMs()).toBe(startMs + hourMs);
  await tablet.checkIn();
  expect(enrolled(tablet).connected).toBe(false);
});

test("what was written down is sent at the next contact, by the tablet's own key", async () => {
  const office = createOffice();
  const tablet = await office.enrol(createMapStore());
  office.online = false;
  const scanner = await tablet.openScanner(competitionSessionId, gates[0]);
  for (let scan = 0; scan < 3; scan += 1) await scanner.scan(`no code of ours ${scan}`, "typed");
  await expect.poll(() => enrolled(tablet).queued, { interval: 2 }).toBe(3);
  office.online = true;
  await tablet.checkIn();
  await expect.poll(() => enrolled(tablet).queued, { interval: 2 }).toBe(0);
  expect(office.uploaded).toHaveLength(3);
});

test("forgotten, it is new again", async () => {
  const office = createOffice();
  const store = createMapStore();
  const tablet = await office.enrol(store);
  await tablet.forget();
  expect([tablet.state(), tablet.signer()]).toEqual([{ phase: "new", outcome: null }, null]);
  expect((await office.start(store)).state()).toEqual({ phase: "new", outcome: null });
});
