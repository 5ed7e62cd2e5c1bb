import type { Shift } from "@tessera/contracts";
import { describe, expect, test } from "vitest";
import { openCrew } from "./crew.ts";
import type { NamesVault } from "./ports.ts";
import { createMapStore } from "./testing/open-keeper.ts";

const beganMs = Date.UTC(2028, 6, 15, 8);
const hoursMs = 3_600_000;
const pins = { ana: "274913", ben: "550182" } as const;
const wrong = "000000";

const shiftOf = (name: string, change: Partial<Shift> = {}): Shift => ({
  id: `shift-of-${name}`,
  accountId: `account-of-${name}`,
  displayName: name,
  role: "staff",
  beganAt: new Date(beganMs).toISOString(),
  endsAt: new Date(beganMs + 12 * hoursMs).toISOString(),
  overrides: 0,
  ...change,
});
const [ana, ben] = [shiftOf("ana"), shiftOf("ben")];

const names = new TextEncoder().encode("Camille Martin");
const opened = async (vault: NamesVault | null, sealed: Uint8Array) =>
  new TextDecoder().decode(await vault?.open(sealed));
const sealNames = async (vault: NamesVault | null): Promise<Uint8Array> => {
  if (vault === null) throw new Error("locked");
  return vault.seal(names);
};

describe("who unlocks a tablet", () => {
  test("whoever signed in, by their own PIN, also after a restart and without a network", async () => {
    const store = createMapStore();
    const crew = await openCrew(store);
    await crew.begin(ana, pins.ana);
    expect(crew.unlocked?.shift.id).toBe(ana.id);
    const sealed = await sealNames(crew.vault);
    crew.lock();
    expect([crew.unlocked, crew.vault]).toEqual([null, null]);

    const again = await openCrew(store);
    expect([again.unlocked, again.vault]).toEqual([null, null]);
    expect(await again.unlock(ana.id, wrong)).toBe(4);
    expect(again.vault).toBeNull();
    expect(await again.unlock(ana.id, pins.ana)).toBeNull();
    expect(await opened(again.vault, sealed)).toBe("Camille Martin");
  });

  test("the device's own key never shows itself", async () => {
    const store = createMapStore();
    await (await openCrew(store)).begin(ana, pins.ana);
    const device: unknown = await store.read("crewKeys", "device");
    if (!(device instanceof CryptoKey)) throw new Error("no key");
    await expect(crypto.subtle.exportKey("raw", device)).rejects.toThrow(/extractable/);
  });

  test("five wrong tries in a row, over restarts too, and only a sign-in helps", async () => {
    const store = createMapStore();
    await (await openCrew(store)).begin(ana, pins.ana);
    const left: (number | null)[] = [];
    for (let tried = 0; tried < 6; tried += 1) left.push(await (await openCrew(store)).unlock(ana.id, wrong));
    expect(left).toEqual([4, 3, 2, 1, 0, 0]);
    const crew = await openCrew(store);
    expect(await crew.unlock(ana.id, pins.ana)).toBe(0);
    expect(crew.at(beganMs)).toMatchObject([{ keys: null }]);
    await crew.begin(shiftOf("ana", { id: "her next" }), pins.ben);
    expect(crew.at(beganMs).map(({ shift }) => shift.id)).toEqual(["her next"]);
    expect(await crew.unlock("her next", pins.ben)).toBeNull();
  });

  test("a right PIN gives all tries back; tries at the same time are all counted", async () => {
    const crew = await openCrew(createMapStore());
    await crew.begin(ana, pins.ana);
    expect(await crew.unlock(ana.id, wrong)).toBe(4);
    expect(await crew.unlock(ana.id, pins.ana)).toBeNull();
    expect(await Promise.all([wrong, wrong, wrong].map((pin) => crew.unlock(ana.id, pin)))).toEqual([4, 3, 2]);
  });

  test("a try is used up though the battery is taken out before anybody knows whether it was right", async () => {
    const store = createMapStore();
    await (await openCrew(store)).begin(ana, pins.ana);
    const crew = await openCrew(store);
    store.writes = 1;
    await expect(crew.unlock(ana.id, pins.ana)).rejects.toThrow("disk");
    store.writes = Infinity;
    expect(await (await openCrew(store)).unlock(ana.id, wrong)).toBe(3);
  });
});

describe("several people on one tablet", () => {
  test("who joins while somebody is at work opens the same names", async () => {
    const crew = await openCrew(createMapStore());
    await crew.begin(ana, pins.ana);
    const sealed = await sealNames(crew.vault);
    await crew.begin(ben, pins.ben);
    expect(await opened(crew.vault, sealed)).toBe("Camille Martin");
  });

  test("who begins on a locked tablet, and whoever was there before, open the same names from then on", async () => {
    const store = createMapStore();
    const crew = await openCrew(store);
    await crew.begin(ana, pins.ana);
    crew.lock();
    await crew.begin(ben, pins.ben);
    const sealed = await sealNames(crew.vault);
    const again = await openCrew(store);
    for (const [{ id }, pin] of [
      [ana, pins.ana],
      [ben, pins.ben],
    ] as const) {
      expect(await again.unlock(id, pin)).toBeNull();
      expect(await opened(again.vault, sealed)).toBe("Camille Martin");
      again.lock();
    }
  });

  test("another's PIN is of no use", async () => {
    const crew = await openCrew(createMapStore());
    await crew.begin(ana, pins.ana);
    await crew.begin(ben, pins.ben);
    expect(await crew.unlock(ana.id, pins.ben)).toBe(4);
    expect(crew.unlocked?.shift.id).toBe(ben.id);
  });

  test("the last one's end leaves no key, and an earlier one only locks", async () => {
    const store = createMapStore();
    const crew = await openCrew(store);
    await crew.begin(ana, pins.ana);
    await crew.begin(ben, pins.ben);
    expect(await crew.end([ben.id])).toBe(false);
    expect([crew.unlocked, crew.vault]).toEqual([null, null]);
    expect(await crew.unlock(ana.id, pins.ana)).toBeNull();
    expect(await crew.end([ana.id])).toBe(true);
    expect([store.keys("crew"), store.keys("crewKeys")]).toEqual([[], []]);
  });

  test("the server is told of an end until it has heard it", async () => {
    const store = createMapStore();
    const crew = await openCrew(store);
    await crew.begin(ana, pins.ana);
    await crew.end([ana.id]);
    const told: string[] = [];
    const tell = (answers: boolean) => async (shiftId: string) => told.push(shiftId) > 0 && answers;
    await crew.tellEnded(tell(false));
    await (await openCrew(store)).tellEnded(tell(true));
    await (await openCrew(store)).tellEnded(tell(true));
    expect(told).toEqual([ana.id, ana.id]);
  });
});

test("only a supervisor's own PIN authorises, while the shift lasts", async () => {
  const crew = await openCrew(createMapStore());
  const boss = shiftOf("boss", { role: "supervisor", overrides: 3 });
  await crew.begin(boss, pins.ben);
  await crew.begin(ana, pins.ana);
  let nowMs = beganMs;
  const work = crew.atWork(() => nowMs);
  expect([work.overridesOf(boss.id), work.overridesOf(ana.id)]).toEqual([3, 0]);
  expect(await work.authorise(ana.id, pins.ana)).toBe(false);
  expect(await work.authorise(boss.id, pins.ana)).toBe(false);
  expect(await work.authorise(boss.id, pins.ben)).toBe(true);
  // Whoever is at work stays so.
  expect(work.shiftId()).toBe(ana.id);
  expect(crew.supervisors(nowMs, () => 1)).toEqual([{ shiftId: boss.id, displayName: "boss", overridesLeft: 2 }]);
  nowMs = beganMs + 12 * hoursMs;
  expect(await work.authorise(boss.id, pins.ben)).toBe(false);
});
