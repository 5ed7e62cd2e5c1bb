import type { Shift } from "@tessera/contracts";
import { expect, test } from "vitest";
import { openCrew } from "./crew.ts";
import { nowMs } from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";

const [pin, otherPin, wrong] = ["274913", "580361", "000000"];

const shiftOf = (name: string, change: Partial<Shift> = {}): Shift => ({
  id: `shift of ${name}`,
  accountId: `account of ${name}`,
  displayName: name,
  role: "staff",
  beganAt: new Date(nowMs).toISOString(),
  endsAt: new Date(nowMs + 12 * 3_600_000).toISOString(),
  overrides: 0,
  ...change,
});
const ines = shiftOf("Inès");
const karim = shiftOf("Karim", { role: "supervisor", overrides: 20 });

const name = new TextEncoder().encode("Camille Martin");

/** A tablet that Inès works with. */
async function begun() {
  const store = createMapStore();
  const crew = await openCrew(store);
  await crew.begin(ines, pin);
  return { store, crew };
}

test("whoever begins is unlocked; after a restart only their PIN opens the names again", async () => {
  const { store, crew } = await begun();
  const sealed = await crew.vault?.seal(name);
  expect(crew.unlocked?.shift).toEqual(ines);
  const again = await openCrew(store);
  expect([again.unlocked, again.vault]).toEqual([null, null]);
  expect(await again.unlock(ines.id, wrong)).toBe(4);
  expect(again.unlocked).toBeNull();
  expect(await again.unlock(ines.id, pin)).toBeNull();
  expect(again.unlocked?.tries).toBe(0);
  expect(await again.vault?.open(sealed ?? new Uint8Array())).toEqual(name);
  again.lock();
  expect([again.unlocked, again.vault]).toEqual([null, null]);
});

test("five wrong PINs wipe what it opens, over restarts too; a sign-in anew helps", async () => {
  const { store } = await begun();
  for (const left of [4, 3]) expect(await (await openCrew(store)).unlock(ines.id, wrong)).toBe(left);
  const crew = await openCrew(store);
  expect(await crew.isPinOf(ines.id, wrong)).toBe(false);
  expect([await crew.unlock(ines.id, wrong), await crew.unlock(ines.id, wrong)]).toEqual([1, 0]);
  expect(await crew.unlock(ines.id, pin)).toBe(0);
  expect((await openCrew(store)).at(nowMs)).toMatchObject([{ wrapped: null }]);
  const anew = { ...ines, id: "another shift of Inès" };
  await crew.begin(anew, pin);
  expect(crew.at(nowMs)).toMatchObject([{ shift: anew, tries: 0 }]);
});

test("PINs that are tried at the same time are as many tries", async () => {
  const { crew } = await begun();
  await Promise.all(Array.from({ length: 5 }, () => crew.isPinOf(ines.id, wrong)));
  expect(await crew.unlock(ines.id, pin)).toBe(0);
});

test("a try is used up before it is made, and none is made where that cannot be written", async () => {
  const { store } = await begun();
  store.writes = 1;
  await expect((await openCrew(store)).unlock(ines.id, pin)).rejects.toThrow("the disk is full");
  store.writes = Infinity;
  const crew = await openCrew(store);
  expect(crew.at(nowMs)).toMatchObject([{ tries: 1 }]);
  store.writes = 0;
  await expect(crew.unlock(ines.id, pin)).rejects.toThrow("the disk is full");
  expect(crew.unlocked).toBeNull();
});

test("two people hand the tablet over, and both read the same names", async () => {
  const { store, crew } = await begun();
  const sealed = (await crew.vault?.seal(name)) ?? new Uint8Array();
  await crew.begin(karim, otherPin);
  expect(crew.unlocked?.shift).toEqual(karim);
  crew.lock();
  const again = await openCrew(store);
  expect(await again.unlock(karim.id, pin)).toBe(4);
  for (const [{ id }, right] of [
    [karim, otherPin],
    [ines, pin],
  ] as const) {
    expect(await again.unlock(id, right)).toBeNull();
    expect(await again.vault?.open(sealed)).toEqual(name);
  }
});

test("only a supervisor's PIN decides against the screen, while their shift lasts", async () => {
  const { crew } = await begun();
  await crew.begin(karim, otherPin);
  let now = nowMs;
  const work = crew.atWork(() => now);
  expect(work.shiftId()).toBe(karim.id);
  expect([work.overridesOf(karim.id), work.overridesOf(ines.id)]).toEqual([20, 0]);
  expect(crew.supervisors(now, () => 21)).toEqual([
    { shiftId: karim.id, displayName: karim.displayName, overridesLeft: 0 },
  ]);
  expect(await work.authorise(ines.id, pin)).toBe(false);
  expect(await work.authorise(karim.id, otherPin)).toBe(true);
  now += 12 * 3_600_000;
  expect(await work.authorise(karim.id, otherPin)).toBe(false);
  expect([crew.at(now), crew.supervisors(now, () => 0)]).toEqual([[], []]);
  expect(crew.overAt(now)).toHaveLength(2);
});

test("the last shift's end wipes what opens the names; one that is not the last locks only who had it", async () => {
  const { store, crew } = await begun();
  await crew.begin(karim, otherPin);
  expect(await crew.end([ines.id])).toBe(false);
  expect(crew.unlocked?.shift).toEqual(karim);
  expect(await crew.end([karim.id])).toBe(true);
  expect([crew.unlocked, crew.vault, crew.at(nowMs)]).toEqual([null, null, []]);
  expect([store.keys("crew"), store.keys("crewKeys")]).toEqual([[], []]);
  expect(await (await openCrew(store)).unlock(karim.id, otherPin)).toBe(0);
});

test("an end of which the server could not be told is told it later, once", async () => {
  const { store, crew } = await begun();
  await crew.end([ines.id]);
  const again = await openCrew(store);
  await again.tellEnded(() => Promise.reject(new Error("no network")));
  const told: string[] = [];
  const tell = async (shiftId: string) => void told.push(shiftId);
  await again.tellEnded(tell);
  await again.tellEnded(tell);
  expect(told).toEqual([ines.id]);
});
