import type { ListPart, ListPartInput } from "@tessera/contracts";
import { fromBase64url, type ListHead, type ListPlace, toBase64url } from "@tessera/pass";
import { describe, expect, test } from "vitest";
import { listTables } from "./list-tables.ts";
import { openListTrust } from "./list-trust.ts";
import { competitionSessionId, ticketIdOf } from "./testing/list-server.ts";
import { openTablet, startMs } from "./testing/open-keeper.ts";
import { makeListKey, publicHalf, signBody } from "./testing/signed-lists.ts";

const newKey = makeListKey(2);
const otherId = "01990b5a-7c00-7abc-8def-000000000306";
const inAnHour = new Date(startMs + 3_600_000).toISOString();
const page = (first: number) => ({ first, index: 0, after: null });

/** A tablet with a list of six tickets, of which the second one changes. */
async function tabletWithList() {
  const tablet = await openTablet();
  const { server } = tablet;
  for (let ticket = 0; ticket < 6; ticket += 1) server.change(ticket);
  const started = await tablet.start();
  server.change(1, { state: "blocked" });
  return { ...tablet, ...started };
}
type Tablet = Awaited<ReturnType<typeof tabletWithList>>;

const flip = (text: string, at: number): string => {
  const bytes = fromBase64url(text);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return toBase64url(bytes);
};

describe("is refused, and what was there before stays:", () => {
  /** What comes instead of the good delta. */
  type Bad = (tablet: Tablet, good: ListPart, input: ListPartInput) => ListPart;
  /** The same delta with another head, signed by the right key. */
  const said =
    (change: Partial<ListHead & ListPlace>): Bad =>
    ({ server }, _, { cursor }) =>
      server.sign({ ...server.headNow(), since: cursor, page: null, cursor: "900", more: false, ...change });
  const text =
    (change: (body: string) => string): Bad =>
    ({ server }, { body, answeredAt }) =>
      signBody(change(body), { key: server.listKey, answeredAt, gamesId: "test-2028" });
  const byKey = (key: ReturnType<typeof makeListKey>): Bad => {
    return (tablet, good, input) => {
      tablet.server.key = key;
      const part = said({})(tablet, good, input);
      tablet.server.key = tablet.server.listKey;
      return part;
    };
  };

  test.each<[string, Bad, string]>([
    ["a space more", (_, good) => ({ ...good, body: `${good.body} ` }), "bad_signature"],
    [
      "a changed bit of the signature",
      (_, good) => ({ ...good, signature: flip(good.signature, 40) }),
      "bad_signature",
    ],
    ["half a signature", (_, good) => ({ ...good, signature: good.signature.slice(0, 40) }), "bad_signature"],
    ["another key's id", (_, good) => ({ ...good, keyId: 2 }), "unknown_key"],
    ["a key that nobody has named", byKey(newKey), "unknown_key"],
    ["another key under the same id", byKey({ ...newKey, id: 1 }), "bad_signature"],
    ["other Games, by the same key", said({ gamesId: "tessera-2032" }), "bad_signature"],
    ["other Games inside", text((body) => body.replace("test-2028", "test-2032")), "other_games"],
    ["a version that is not known", text((body) => body.replace(`"version":2`, `"version":3`)), "unknown_version"],
    ["no part at all", text(() => "[]"), "malformed"],
    [
      "another competition session",
      (tablet, good, input) =>
        said({ competitionSession: { ...tablet.server.headNow().competitionSession, id: otherId } })(
          tablet,
          good,
          input,
        ),
      "other_competition_session",
    ],
    ["an older number", said({ number: 1000 }), "older"],
    ["an older fresh list", said({ number: 1000, since: null, page: page(1000) }), "older"],
    ["one that was made in an hour", said({ madeAt: inAnHour }), "ahead_of_time"],
    [
      "the same, whatever clock comes with it",
      (tablet, good, input) => ({ ...said({ madeAt: inAnHour })(tablet, good, input), answeredAt: inAnHour }),
      "ahead_of_time",
    ],
    ["what has changed since another cursor", said({ since: "104" }), "not_next"],
    ["a further page that was not asked for", said(furtherPage(1000, 1)), "not_next"],
    [
      "another issuer key under an id that was another's",
      said({ issuerKeys: [{ id: 1, publicKey: newKey.publicKey, compromised: false }] }),
      "other_issuer_key",
    ],
  ])("%s", async (_, bad, problem) => {
    const tablet = await tabletWithList();
    const { keeper, server, answers, problems } = tablet;
    const { number } = keeper.current ?? {};
    answers.push((input) => bad(tablet, server.answer(input), input));
    await keeper.refresh();
    expect(problems.at(-1)).toBe(problem);
    expect(keeper.current).toMatchObject({ number });
    expect(keeper.current?.find(ticketIdOf(1))?.entry.state).toBe("good");

    await keeper.refresh();
    expect(problems.at(-1)).toBeNull();
    expect(keeper.current?.find(ticketIdOf(1))?.entry.state).toBe("blocked");
  });

  /** A further page of a fresh list, after the ticket that a first page of four ends with. */
  function furtherPage(first: number, index: number): Partial<ListPlace> {
    return { since: null, page: { first, index, after: "AZkLWnwAeryN7wAAAAAAAw" } };
  }

  test.each<[string, (first: number) => Partial<ListPlace>]>([
    ["a page of another fresh list", (first) => furtherPage(first - 1, 1)],
    ["the page after the next", (first) => furtherPage(first, 2)],
    [
      "a page after another ticket",
      (first) => ({ ...furtherPage(first, 1), page: { first, index: 1, after: "AZkLWnwAeryN7wAAAAAABA" } }),
    ],
    ["a delta in the place of a page", () => ({ since: "106", page: null })],
  ])("%s, and the fresh list begins anew", async (_, wrong) => {
    const { keeper, server, answers, problems } = await tabletWithList();
    const asked = server.asked.length;
    answers.push((input) => server.answer({ ...input, cursor: null }));
    answers.push(() => {
      const first = server.number;
      return server.sign({ ...server.headNow(), cursor: "900", more: false, since: null, page: null, ...wrong(first) });
    });
    await keeper.refresh();
    expect(problems.at(-1)).toBe("not_next");
    expect(keeper.current?.size).toBe(6);
    await keeper.refresh();
    // What is asked for next is what has changed in the list that is still there.
    expect(server.asked.slice(asked).at(-1)).toMatchObject({ cursor: "106" });
    expect(problems.at(-1)).toBeNull();
  });
});

test("the same part twice is the same list", async () => {
  const { keeper, server, answers, problems } = await tabletWithList();
  await keeper.refresh();
  const again = server.answer({ competitionSessionId, cursor: "107", after: null, above: 0 });
  answers.push(
    () => again,
    () => again,
  );
  await keeper.refresh();
  await keeper.refresh();
  expect(problems.slice(-2)).toEqual([null, null]);
});

test("no answer says nothing of a list", async () => {
  const { keeper, answers, problems } = await tabletWithList();
  const before = problems.length;
  answers.push(() => Promise.reject(new Error("no network")));
  await keeper.refresh();
  expect(problems).toHaveLength(before);
});

describe("whose lists are taken", () => {
  test("nobody's before the enrolment", async () => {
    const { start, store, problems } = await openTablet();
    await store.write([{ table: listTables.trust, key: "trusted", value: null }]);
    const { keeper } = await start();
    expect([keeper.current, problems]).toEqual([null, ["unknown_key"]]);
  });

  test("a key that changes in mid-day is followed, and the old one is then worth nothing, also over a restart", async () => {
    const { keeper, server, start, problems } = await tabletWithList();
    const both = [publicHalf(server.listKey), publicHalf(newKey)];
    for (const [key, listKeys] of [
      [server.listKey, both],
      [newKey, both],
      [newKey, [publicHalf(newKey)]],
    ] as const) {
      Object.assign(server, { key, head: { listKeys } });
      await keeper.refresh();
      expect(problems.at(-1)).toBeNull();
    }
    Object.assign(server, { key: server.listKey, head: { listKeys: both } });
    await keeper.refresh();
    expect(problems.at(-1)).toBe("unknown_key");
    const again = await start();
    expect(problems.at(-1)).toBe("unknown_key");
    expect(again.trust.trusted?.listKeys).toEqual([publicHalf(newKey)]);
    expect(again.keeper.current?.size).toBe(6);
  });

  test("an issuer key that a list adds stays its id's, and a list may name fewer", async () => {
    const { keeper, server, trust, problems } = await tabletWithList();
    const next = { id: 2, publicKey: newKey.publicKey, compromised: false };
    server.head = { issuerKeys: [next] };
    await keeper.refresh();
    expect([...(keeper.current?.issuerKeys.keys() ?? [])]).toEqual([2]);
    expect(trust.trusted?.issuerKeys.map(({ id }) => id)).toEqual([1, 2]);
    server.head = { issuerKeys: [{ ...next, publicKey: makeListKey(2).publicKey }] };
    await keeper.refresh();
    expect(problems.at(-1)).toBe("other_issuer_key");
  });

  test("an older list of another competition session brings no key back that was dropped", async () => {
    const { keeper, server, store, start, problems } = await tabletWithList();
    const trust = await openListTrust(store);
    await trust.change(async (before) => {
      if (before === null) throw new Error("not enrolled");
      const trusted = { ...before, listKeys: [publicHalf(newKey)], newest: { ...before.newest, [otherId]: 5000 } };
      return { result: undefined, change: { trusted, changes: [] } };
    });
    expect(keeper.current).not.toBeNull();
    // Replayed from when the stolen key still counted.
    Object.assign(server, { key: newKey, head: { listKeys: [publicHalf(server.listKey), publicHalf(newKey)] } });
    const replayed = await start();
    expect(problems.at(-1)).toBeNull();
    expect(replayed.trust.trusted?.listKeys).toEqual([publicHalf(newKey)]);
    Object.assign(server, { number: 5000, head: { listKeys: [publicHalf(newKey)] } });
    await replayed.keeper.refresh();
    expect(problems.at(-1)).toBeNull();
  });

  test("a new enrolment leaves nothing of what an earlier one believed: neither keys, nor lists, nor numbers", async () => {
    const { keeper, server, store, start, problems } = await tabletWithList();
    // Somebody had the list key, and numbered a list of their own so that no true one comes after it.
    server.number = Number.MAX_SAFE_INTEGER - 10;
    await keeper.refresh();
    server.number = 2000;
    await keeper.refresh();
    expect(problems.at(-1)).toBe("older");

    const trust = await openListTrust(store);
    await trust.pin({ ...server.pinned, listKeys: [publicHalf(newKey)] });
    for (const table of [listTables.lists, listTables.parts, listTables.names]) expect(store.keys(table)).toEqual([]);
    server.key = newKey;
    server.head = { listKeys: [publicHalf(newKey)] };
    const anew = await start();
    expect(problems.at(-1)).toBeNull();
    expect(anew.keeper.current?.size).toBe(6);
  });

  test.each([null, "", 7, {}, { gamesId: 1 }, { gamesId: "a", listKeys: [{}], issuerKeys: [], newest: {} }])(
    "what is kept may be spoiled: %j",
    async (value) => {
      const { store } = await openTablet();
      await store.write([{ table: listTables.trust, key: "trusted", value }]);
      expect((await openListTrust(store)).trusted).toBeNull();
    },
  );
});
