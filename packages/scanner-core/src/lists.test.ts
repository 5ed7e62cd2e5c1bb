import type { List } from "@tessera/contracts";
import { fromBase64url, toBase64url } from "@tessera/pass";
import { describe, expect, test, vi } from "vitest";
import { forgetListKeys } from "./list-trust.ts";
import { ListRefused, takeList } from "./take-list.ts";
import {
  device,
  iso,
  keepTrust,
  list,
  listed,
  listKey,
  nowMs,
  openGate,
  publicHalf,
  shown,
} from "./testing/open-gate.ts";
import { makeListKey, signBody, signList } from "./testing/signed-lists.ts";

const newKey = makeListKey(2);
const minuteMs = 60_000;
/** A list that a tablet with the example's should take. */
const newer = { number: 1001, madeAt: iso(nowMs + minuteMs) };
const answeredAt = iso(nowMs + minuteMs);

const inAnHour = iso(nowMs + 60 * minuteMs);

const flip = (text: string, at: number): string => {
  const bytes = fromBase64url(text);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return toBase64url(bytes);
};

/** An open gate, a minute after its first list, to which the server gives these. */
async function gateWithNext(...lists: readonly List[]) {
  const gate = await openGate();
  for (const signed of lists) gate.fetchList.mockResolvedValueOnce(signed);
  const fetchNext = async () => {
    gate.clock.advance(minuteMs - 1);
    await gate.scanner.refresh();
    return gate.scanner.state();
  };
  return { ...gate, fetchNext };
}

const otherSession = { ...list.competitionSession, id: "01990b5a-7c00-7abc-8def-000000000306" };
const signed = (head = {}, key = listKey) => signList({ ...list, ...newer, ...head }, { tickets: [], key, answeredAt });
const good = signed();
const bodyOf = (text: string) => signBody(text, { key: listKey, answeredAt, gamesId: list.gamesId });

describe("is refused, and the list before stays:", () => {
  test.each<[string, List, string]>([
    [
      "a changed bit of the text",
      { ...good, body: good.body.replace(`"number":1001`, `"number":1003`) },
      "bad_signature",
    ],
    ["a space more", { ...good, body: `${good.body} ` }, "bad_signature"],
    ["a changed bit of the signature", { ...good, signature: flip(good.signature, 40) }, "bad_signature"],
    ["half a signature", { ...good, signature: good.signature.slice(0, 40) }, "bad_signature"],
    ["another key's id", { ...good, keyId: 2 }, "unknown_key"],
    ["a key that nobody has named", signed({}, newKey), "unknown_key"],
    ["another key under the same id", signed({}, { ...newKey, id: 1 }), "bad_signature"],
    ["other Games, by the same key", signed({ gamesId: "tessera-2032" }), "bad_signature"],
    ["other Games inside", bodyOf(good.body.replace(list.gamesId, "tessera-2032")), "other_games"],
    ["another competition session", signed({ competitionSession: otherSession }), "other_competition_session"],
    ["an older number", signed({ number: 999 }), "older"],
    ["one that was made in an hour", signed({ madeAt: inAnHour }), "ahead_of_time"],
    [
      "the same, whatever clock comes with it",
      { ...signed({ madeAt: inAnHour }), answeredAt: inAnHour },
      "ahead_of_time",
    ],
    ["a version that is not known", bodyOf(good.body.replace(`"version":1`, `"version":2`)), "unknown_version"],
    ["no list at all", bodyOf("[]"), "malformed"],
  ])("%s", async (_, bad, problem) => {
    const { scanner, fetchNext, sign, fetchList } = await gateWithNext(bad);
    expect(await fetchNext()).toMatchObject({ listProblem: problem, listNumber: 1000, connected: true });
    // A code of a minute ago: by the list that was refused it would be of an unknown ticket.
    scanner.see(device.text);
    expect(await shown(scanner, "contradicted")).toMatchObject({ reason: "stale_code" });

    fetchList.mockImplementationOnce(async () => sign(newer));
    expect(await fetchNext()).toMatchObject({ listProblem: null, listNumber: 1001 });
  });
});

test("a good one is taken, and what it says is so: a ticket that was handed over is superseded", async () => {
  const { scanner, fetchNext, fetchList, sign } = await openGateWithHandOver();
  fetchList.mockImplementationOnce(async () => sign(newer));
  expect(await fetchNext()).toMatchObject({ listProblem: null, listNumber: 1001, listMadeAtMs: nowMs + minuteMs });
  scanner.see(device.text);
  await vi.waitFor(() => expect(scanner.state().scan).toMatchObject({ verdict: { reason: "superseded" } }));
});

async function openGateWithHandOver() {
  const gate = await gateWithNext();
  const tickets = [{ ...listed, epoch: listed.epoch + 1, passDigest: null }];
  const sign = (head = {}) => signList({ ...list, ...head }, { tickets, key: listKey, answeredAt });
  return { ...gate, sign };
}

test("the same number is the same list", async () => {
  const { fetchNext } = await gateWithNext(signed({ number: 1000 }));
  expect(await fetchNext()).toMatchObject({ listProblem: null, listNumber: 1000 });
});

test("no answer says nothing against a list, nor for it", async () => {
  const { fetchNext, fetchList } = await gateWithNext(signed({ number: 999 }));
  expect(await fetchNext()).toMatchObject({ listProblem: "older", connected: true });
  fetchList.mockRejectedValueOnce(new Error("no network"));
  expect(await fetchNext()).toMatchObject({ listProblem: "older", connected: false });
});

describe("over a restart", () => {
  const refused = (problem: string) => expect.objectContaining({ name: ListRefused.name, problem }) as Error;

  test("a tablet does not go back, also not for another sign-in", async () => {
    const { open, fetchList, fetchNext, sign } = await gateWithNext(good);
    await fetchNext();
    await expect(open()).rejects.toEqual(refused("older"));
    fetchList.mockImplementationOnce(async () => sign({ number: 1001 }));
    expect((await open()).state()).toMatchObject({ listNumber: 1001 });
  });

  test("the number is each competition session's own", async () => {
    const trust = keepTrust();
    const { trusted } = { trusted: { gamesId: list.gamesId, keys: [publicHalf(listKey)] } };
    trust.write(JSON.stringify({ trusted, newest: { [otherSession.id]: 5000 } }));
    const { scanner } = await openGate({ trust });
    expect(scanner.state()).toMatchObject({ listNumber: 1000 });
    expect(trust.kept.text).toContain("5000");
  });

  test("keys are asked for at the first contact, and again when somebody has signed out", async () => {
    const trust = keepTrust();
    const { open, fetchKeys, fetchList, sign } = await openGate({ trust });
    await open();
    expect(fetchKeys).toHaveBeenCalledTimes(1);

    // The organiser's keys were lost, and others were made.
    fetchKeys.mockResolvedValue({ gamesId: list.gamesId, keys: [publicHalf(newKey)] });
    const byNewKey = (number: number) => sign({ number, listKeys: [publicHalf(newKey)] }, newKey);
    fetchList.mockImplementation(async () => byNewKey(999));
    await expect(open()).rejects.toEqual(refused("unknown_key"));
    forgetListKeys(trust);
    await expect(open()).rejects.toEqual(refused("older"));
    fetchList.mockImplementation(async () => byNewKey(1001));
    expect((await open()).state()).toMatchObject({ listNumber: 1001 });
    expect(fetchKeys).toHaveBeenCalledTimes(2);
  });

  test.each(["", "{", "[]", `{"trusted":{"gamesId":1},"newest":[null]}`, `{"newest":{"a":-1}}`, "null", "7"])(
    "what is kept may be spoiled: %j",
    async (text) => {
      const { scanner, fetchKeys } = await openGate({ trust: keepTrust(text) });
      expect(scanner.state()).toMatchObject({ listNumber: 1000 });
      expect(fetchKeys).toHaveBeenCalledTimes(1);
    },
  );
});

test("a key that changes in mid-day is followed, from list to list, and the old one is then worth nothing", async () => {
  const both = [publicHalf(listKey), publicHalf(newKey)];
  const { fetchNext, open, fetchKeys, fetchList } = await gateWithNext(
    signed({ number: 1001, listKeys: both }),
    signed({ number: 1002, listKeys: both }, newKey),
    signed({ number: 1003, listKeys: [publicHalf(newKey)] }, newKey),
    signed({ number: 1004, listKeys: both }),
  );
  for (const listNumber of [1001, 1002, 1003]) {
    expect(await fetchNext()).toMatchObject({ listNumber, listProblem: null });
  }
  expect(await fetchNext()).toMatchObject({ listNumber: 1003, listProblem: "unknown_key" });

  fetchList.mockResolvedValueOnce(signed({ number: 1005, listKeys: [publicHalf(newKey)] }, newKey));
  expect((await open()).state()).toMatchObject({ listNumber: 1005 });
  expect(fetchKeys).toHaveBeenCalledTimes(1);
});

test("an older list of another competition session brings no key back that was dropped", async () => {
  const trust = keepTrust();
  const keysNow = { gamesId: list.gamesId, keys: [publicHalf(newKey)] };
  trust.write(JSON.stringify({ trusted: keysNow, newest: { [otherSession.id]: 2000 } }));
  const wanted = { competitionSessionId: list.competitionSession.id, trust, nowMs: nowMs + minuteMs };
  // Replayed from when the stolen key still counted.
  const replayed = signed({ number: 1500, listKeys: [publicHalf(listKey), publicHalf(newKey)] }, newKey);
  expect(await takeList(replayed, wanted)).toMatchObject({ ok: true });
  expect(await takeList(signed({ number: 9999 }), wanted)).toEqual({ ok: false, problem: "unknown_key" });
  const next = signed({ number: 2001, listKeys: [publicHalf(newKey)] }, newKey);
  expect(await takeList(next, wanted)).toMatchObject({ ok: true });
});

test("a tablet whose clock is in doubt goes by the answer, and so a wrong clock does not shut it out", async () => {
  const { fetchNext, clock, fetchList } = await gateWithNext(good);
  // The monotonic clock stood still, and somebody has set the other back.
  clock.setWall(-3_600_000);
  expect(await fetchNext()).toMatchObject({ listNumber: 1001, listProblem: null });
  fetchList.mockResolvedValueOnce({ ...signed({ number: 1002, madeAt: inAnHour }), answeredAt: inAnHour });
  clock.setWall(-7_200_000);
  expect(await fetchNext()).toMatchObject({ listNumber: 1002, listProblem: null });
});
