import type { ListPartInput } from "@tessera/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KnownList } from "./known-list.ts";
import { listTables } from "./list-tables.ts";
import { gates, orderReference, ticketIdOf, ticketReference } from "./testing/list-server.ts";
import { openTablet, startMs } from "./testing/open-keeper.ts";

/** A tablet, and a server with so many tickets. */
async function tabletOf(count: number) {
  const tablet = await openTablet();
  for (let ticket = 0; ticket < count; ticket += 1) tablet.server.change(ticket);
  return tablet;
}

const allOf = (list: KnownList | null, count: number) =>
  Array.from({ length: count }, (_, ticket) => list?.find(ticketIdOf(ticket)));
const namesOf = (list: KnownList | null, count: number) => allOf(list, count).map((ticket) => ticket?.holderName);

test("takes a fresh list page by page, what changed in the earlier pages, and then what changes", async () => {
  const { server, start, clock, problems } = await tabletOf(10);
  const { keeper } = await start();
  expect(server.asked.map(({ cursor, after }) => [cursor, after?.index ?? null])).toEqual([
    [null, null],
    [null, 1],
    [null, 2],
    ["110", null],
  ]);
  expect(keeper.current).toMatchObject({ size: 10, number: 1004, madeAtMs: startMs });
  const before = keeper.current;

  server.change(3, { state: "blocked" });
  clock.advance(5000);
  await keeper.refresh();
  expect(keeper.current).not.toBe(before);
  expect(keeper.current).toMatchObject({ size: 10, madeAtMs: startMs + 5000 });
  expect(keeper.current?.find(ticketIdOf(3))?.entry.state).toBe("blocked");
  expect(server.asked.at(-1)?.cursor).toBe("110");
  expect(new Set(problems)).toEqual(new Set([null]));
});

test("asks again every five seconds, and not while the answer before is on its way", async () => {
  const { server, start, clock } = await tabletOf(1);
  const { keeper } = await start();
  const asked = server.asked.length;
  clock.advance(4999);
  expect(server.asked).toHaveLength(asked);
  clock.advance(1);
  await Promise.all([keeper.refresh(), keeper.refresh()]);
  expect(server.asked).toHaveLength(asked + 1);
});

test("a list counts from when all of it is there: its date is its first page's, and that of a delta's last part", async () => {
  const { server, start, clock, answers } = await tabletOf(6);
  const lost = () => Promise.reject(new Error("no network"));
  const slow = (input: ListPartInput) => {
    clock.advance(60_000);
    return server.answer(input);
  };
  answers.push(server.answer, slow, lost);
  const { keeper } = await start();
  expect(keeper.current).toMatchObject({ madeAtMs: startMs, number: 1001, size: 6 });

  for (let ticket = 0; ticket < 6; ticket += 1) server.change(ticket, { epoch: 2 });
  answers.push(server.answer, lost);
  await keeper.refresh();
  expect(keeper.current?.madeAtMs).toBe(startMs);
  expect([0, 5].map((ticket) => keeper.current?.find(ticketIdOf(ticket))?.entry.epoch)).toEqual([2, 1]);
  await keeper.refresh();
  expect(keeper.current?.madeAtMs).toBe(startMs + 60_000);
  expect(keeper.current?.find(ticketIdOf(5))?.entry.epoch).toBe(2);
});

describe("over a restart", () => {
  test("the list is there at once, without the server", async () => {
    const { server, start, answers } = await tabletOf(9);
    const { keeper } = await start();
    server.change(2, { holderName: "Camille Martin" });
    await keeper.refresh();
    answers.push(() => Promise.reject(new Error("no network")));
    const again = await start();
    expect(allOf(again.keeper.current, 9)).toEqual(allOf(keeper.current, 9));
    expect(again.keeper.current?.find(ticketIdOf(2))?.holderName).toBe("Camille Martin");
  });

  test("a new list is in place when it is complete: killed before, the tablet has the old one, and goes on", async () => {
    const { server, start, store, answers, problems } = await tabletOf(12);
    await start();
    for (let ticket = 0; ticket < 12; ticket += 1) server.change(ticket, { epoch: 5 });
    // The server's database was restored from a copy: it knows no cursor of before.
    answers.push((input) => server.answer({ ...input, cursor: null }));
    store.writes = 2;
    const { keeper } = await start();
    expect(problems.at(-1)).toBe("not_kept");
    expect(allOf(keeper.current, 12).map((ticket) => ticket?.entry.epoch)).toEqual(Array.from({ length: 12 }, () => 1));
    store.writes = Infinity;
    const asked = server.asked.length;
    const again = await start();
    expect(server.asked.slice(asked).map(({ after }) => after?.index ?? null)).toEqual([2, null]);
    expect(allOf(again.keeper.current, 12).map((ticket) => ticket?.entry.epoch)).toEqual(
      Array.from({ length: 12 }, () => 5),
    );
    expect(store.keys(listTables.parts)).toHaveLength(3);
  });

  test("a list of which a part is missing is fetched afresh", async () => {
    const { start, store } = await tabletOf(9);
    await start();
    await store.write([{ table: listTables.parts, key: store.keys(listTables.parts)[1] ?? "", value: null }]);
    const { keeper } = await start();
    expect(keeper.current?.size).toBe(9);
  });
});

test("any changes, kills and full disks: in the end the tablet knows what the server knows", async () => {
  const step = fc.oneof(
    fc.record({ change: fc.nat(15), epoch: fc.nat(9) }),
    fc.constant("fetch" as const),
    fc.constant("restart" as const),
    fc.constant("lock" as const),
    fc.constant("restored" as const),
    fc.record({ writes: fc.nat(3) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), async (steps, limit) => {
      const { server, start, store, clock, answers, vault } = await tabletOf(8);
      server.limit = limit;
      let { keeper } = await start();
      for (const one of steps) {
        clock.advance(1000);
        if (one === "fetch") await keeper.refresh();
        else if (one === "restart") ({ keeper } = await start());
        else if (one === "lock") await keeper.useNames(null);
        else if (one === "restored") answers.push((input) => server.answer({ ...input, cursor: null }));
        else if ("writes" in one) {
          store.writes = one.writes;
          await keeper.refresh();
          store.writes = Infinity;
          // Whatever was on the disk is the tablet's list, and nothing else.
          ({ keeper } = await start());
        } else server.change(one.change, { epoch: one.epoch, holderName: `Name ${one.epoch}` });
      }
      await keeper.refresh();
      await keeper.useNames(vault);
      await keeper.refresh();
      for (const known of [keeper, (await start()).keeper]) {
        const found = server.rows().map(({ reference }) => known.current?.search(reference)[0]);
        expect(found.map((ticket) => [ticket?.reference, ticket?.entry.epoch, ticket?.holderName])).toEqual(
          server.rows().map(({ reference, epoch, holderName }) => [reference, epoch, holderName]),
        );
        expect(known.current?.size).toBe(server.rows().length);
      }
    }),
    { numRuns: 40 },
  );
});

test("many deltas are put together, and nothing is lost or left on the disk", async () => {
  const { server, start, store, clock } = await tabletOf(10);
  const { keeper } = await start();
  for (let round = 0; round < 120; round += 1) {
    server.change(round % 10, { holderName: `Round ${round}`, firstEntry: [round, round % 2, false] });
    clock.advance(5000);
    await keeper.refresh();
  }
  expect(store.keys(listTables.parts).length).toBeLessThan(30);
  expect(store.keys(listTables.names)).toEqual(store.keys(listTables.parts));
  const expected = Array.from({ length: 10 }, (_, ticket) => `Round ${110 + ticket}`);
  expect(namesOf(keeper.current, 10)).toEqual(expected);
  const again = await start();
  expect(namesOf(again.keeper.current, 10)).toEqual(expected);
  expect(again.keeper.current?.find(ticketIdOf(1))?.passages).toEqual([
    { direction: "in", atMs: 111, gate: gates[1].id, byHand: false },
  ]);
});

describe("names", () => {
  test("stand nowhere on the disk, and are given to nobody while they are locked", async () => {
    const { server, start, store, vault } = await tabletOf(6);
    server.change(1, { holderName: "Marie Dupont" });
    const { keeper } = await start();
    expect(keeper.current?.find(ticketIdOf(1))?.holderName).toBe("Marie Dupont");
    expect(store.text()).not.toContain("Dupont");
    expect(store.text()).not.toContain(Buffer.from("Dupont").toString("base64"));

    await keeper.useNames(null);
    expect(namesOf(keeper.current, 6)).toEqual(Array.from({ length: 6 }, () => null));
    expect(keeper.current?.search("dupont")).toEqual([]);
    expect(keeper.current?.search(ticketReference(1))).toMatchObject([
      { holderName: null, reference: ticketReference(1) },
    ]);
    await keeper.useNames(vault);
    expect(keeper.current?.search("dupont")).toHaveLength(1);
  });

  test("that come while they are locked are sealed when they are opened", async () => {
    const { server, start, store, vault } = await tabletOf(6);
    const { keeper } = await start();
    await keeper.useNames(null);
    server.change(1, { holderName: "Marie Dupont" });
    await keeper.refresh();
    const asked = server.asked.length;
    expect(keeper.current?.find(ticketIdOf(1))?.holderName).toBeNull();
    await keeper.useNames(vault);
    expect(keeper.current?.find(ticketIdOf(1))?.holderName).toBe("Marie Dupont");
    expect(store.text()).not.toContain("Dupont");
    const again = await start();
    expect(again.keeper.current?.find(ticketIdOf(1))?.holderName).toBe("Marie Dupont");
    expect(server.asked.slice(asked).every(({ cursor }) => cursor !== null)).toBe(true);
  });

  test("that were lost, or forgotten, come with a fresh list once they are open", async () => {
    const { server, start, store, vault } = await tabletOf(6);
    const { keeper } = await start();
    await keeper.forgetNames();
    expect(store.keys(listTables.names)).toEqual([]);
    await keeper.refresh();
    expect(namesOf(keeper.current, 6)).toEqual(Array.from({ length: 6 }, () => null));
    const asked = server.asked.length;
    await keeper.useNames(vault);
    expect(namesOf(keeper.current, 6)).toEqual(Array.from({ length: 6 }, () => null));
    await keeper.refresh();
    expect(server.asked[asked]).toMatchObject({ cursor: null });
    expect(namesOf(keeper.current, 6)).toEqual(server.rows().map(({ holderName }) => holderName));
    await keeper.refresh();
    expect(server.asked.at(-1)?.cursor).not.toBeNull();
  });
});

describe("what is known of tickets", () => {
  test("somebody is found by beginnings of words, and by references", async () => {
    const { server, start } = await tabletOf(8);
    const names = ["Marie Dupont", "Zoé Lefèvre", "Jean-Baptiste Œuvrard", "MARIE-ÈVE DUPONT", "Łukasz Straße"];
    for (const [ticket, holderName] of names.entries()) server.change(ticket, { holderName });
    const list = (await start()).keeper.current;
    const found = (text: string) => list?.search(text).map(({ holderName }) => holderName);
    expect(found("dupont mar")).toEqual(["Marie Dupont", "MARIE-ÈVE DUPONT"]);
    expect(found("lefevre")).toEqual(["Zoé Lefèvre"]);
    expect(found("BAPT oeuv")).toEqual(["Jean-Baptiste Œuvrard"]);
    expect(found("lukasz strasse")).toEqual(["Łukasz Straße"]);
    expect(found("upont")).toEqual([]);
    for (const nothing of ["", "  ", "-"]) expect(found(nothing)).toEqual([]);
    expect(found(ticketReference(1))).toEqual(["Zoé Lefèvre"]);
    expect(found(` r0000-oooo-1 `.replaceAll(" ", ""))).toEqual(
      ["Jean-Baptiste Œuvrard", "MARIE-ÈVE DUPONT"].toSorted(),
    );
    expect(list?.party(orderReference(0)).map(({ holderName }) => holderName)).toEqual(["Marie Dupont", "Zoé Lefèvre"]);
    expect(list?.party("nothing")).toEqual([]);
    for (const none of ["", "x", ticketIdOf(99)]) expect(list?.find(none)).toBeUndefined();
  });

  test("people inside are those whose last passage was in, by zone", async () => {
    const { server, start } = await tabletOf(5);
    server.change(0, { firstEntry: [10, 0, false] });
    server.change(1, { firstEntry: [10, 0, false], lastPassage: [20, 0, false, "out"] });
    server.change(2, { firstEntry: [10, 0, true], lastPassage: [30, 1, false, "in"], zone: 2 });
    const list = (await start()).keeper.current;
    expect(list?.inside()).toEqual([
      { zone: 1, tickets: 4, inside: 1 },
      { zone: 2, tickets: 1, inside: 1 },
    ]);
    expect(list?.find(ticketIdOf(2))?.passages).toEqual([
      { direction: "in", atMs: 10, gate: gates[0].id, byHand: true },
      { direction: "in", atMs: 30, gate: gates[1].id, byHand: false },
    ]);
  });

  test("a gate lets through what lies behind it, by the policy of the newest part", async () => {
    const { server, start } = await tabletOf(2);
    const { keeper } = await start();
    expect(keeper.current?.policy("in", gates[0].id)).toMatchObject({ zones: [1], reentry: "never", stricter: {} });
    expect(keeper.current?.policy("out", gates[1].id)).toMatchObject({ zones: [1, 2], direction: "out" });
    expect(keeper.current?.policy("in", "elsewhere")).toMatchObject({ zones: [] });
    const policy = {
      reentry: "after_exit",
      offlineAdmission: "home_gate",
      maxAgeSeconds: 60,
      listTooOld: "refuse",
    } as const;
    server.head = { policy };
    await keeper.refresh();
    expect(keeper.current?.policy("in", gates[0].id)).toMatchObject({
      reentry: "after_exit",
      offlineAdmission: "home_gate",
      maxListAgeMs: 60_000,
      stricter: { list_too_old: "refuse" },
    });
    expect(keeper.current?.homeGate({ ticketId: ticketIdOf(1), zone: 2 })).toMatchObject({ code: "B" });
    expect(keeper.current?.homeGate({ ticketId: ticketIdOf(1), zone: 9 })).toBeNull();
  });
});
