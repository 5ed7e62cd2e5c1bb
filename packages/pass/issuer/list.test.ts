import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64url, toBase64url } from "../src/bytes.ts";
import { type SignedList, verifyList } from "../src/list.ts";
import { listedTicketAt } from "../src/listed-ticket.ts";
import { listMessage } from "../src/messages.ts";
import { parseListPart } from "../src/parse-list-part.ts";
import { uuidFromBytes } from "../src/uuid.ts";
import vectors from "../vectors/lists.json" with { type: "json" };
import { signList } from "./sign-list.ts";
import { loadSigningKey } from "./signing-key.ts";
import {
  delta,
  exampleHead,
  exampleRow,
  firstPage,
  freshRow,
  listKey,
  signText,
  trustedKeys,
  writePart,
} from "./testing/example-list.ts";
import { bytesOf, fromHex, gamesId, toHex } from "./testing/example.ts";
import { anyPart, anyRows } from "./testing/list-arbitraries.ts";

/** What a tablet makes of a part, in the order in which it looks. */
async function judge(signed: SignedList): Promise<string> {
  const verified = await verifyList(signed, trustedKeys, gamesId);
  if (verified !== "good") return verified;
  const read = parseListPart(signed.body);
  return read.ok ? "good" : read.reason;
}

describe("a part's text", () => {
  test("reads as it was written", () => {
    fc.assert(
      fc.property(anyPart, ([wanted, tickets, itsPlace]) => {
        const read = parseListPart(writePart(wanted, tickets, itsPlace));
        if (!read.ok) throw new Error(read.reason);
        const { version, tickets: columns, ...rest } = read.part;
        expect(rest).toEqual({ ...wanted, ...itsPlace });
        expect(version).toBe(2);
        const readRows = columns.id.map((_, index) =>
          Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[index]])),
        );
        expect(readRows).toEqual(tickets);
      }),
    );
  });

  test("is one JSON document, however many tickets it has", () => {
    for (const count of [0, 1, 1999, 2000, 2001, 4000]) {
      const ids = Array.from({ length: count }, () => Buffer.alloc(16));
      for (const [index, id] of ids.entries()) id.writeUInt32BE(index);
      const tickets = ids.map((id) => ({ ...exampleRow, id: toBase64url(id) }));
      const body = writePart(exampleHead, tickets);
      const read = parseListPart(body);
      expect(read).toMatchObject({ ok: true });
      expect(JSON.stringify(JSON.parse(body))).toBe(body);
      if (read.ok) expect(read.part.tickets.id).toHaveLength(count);
    }
  });

  test("gives every ticket by its row, and nothing for any other", () => {
    fc.assert(
      fc.property(anyRows, (tickets) => {
        const read = parseListPart(writePart(exampleHead, tickets));
        if (!read.ok) throw new Error(read.reason);
        for (const [at, wanted] of tickets.entries()) {
          const { firstEntry, lastPassage } = wanted;
          const found = listedTicketAt(read.part, at, null);
          expect(found).toMatchObject({
            entry: {
              ticketId: uuidFromBytes(fromBase64url(wanted.id)),
              epoch: wanted.epoch,
              state: wanted.state,
              competitionSessionNumber: 305,
            },
            holderName: null,
            reference: wanted.reference,
            order: wanted.order,
            kind: exampleHead.offers[wanted.offer]?.kind,
          });
          expect(found?.entry.passDigest ?? null).toEqual(wanted.passDigest && fromBase64url(wanted.passDigest));
          const passages = [firstEntry && [...firstEntry, "in"], lastPassage].filter((one) => one !== null);
          expect(found?.passages.map(({ atMs, byHand, direction }) => [atMs, byHand, direction])).toEqual(
            passages.map(([atMs, , byHand, direction]) => [atMs, byHand, direction]),
          );
          expect(found?.passages.map(({ gate }) => gate)).toEqual(
            passages.map(([, gate]) => exampleHead.gates[Number(gate)]?.id),
          );
        }
        for (const none of [tickets.length, -1, 0.5]) expect(listedTicketAt(read.part, none, null)).toBeUndefined();
      }),
    );
  });

  test("may say more than this reader knows", () => {
    const body = writePart(exampleHead, [exampleRow]).replace(`{"version":2`, `{"version":2,"later":[{}]`);
    expect(parseListPart(body)).toMatchObject({ ok: true, part: { later: [{}] } });
  });
});

describe("where a part belongs", () => {
  const judgePlace = (itsPlace: object, tickets = [exampleRow]) =>
    parseListPart(writePart(exampleHead, tickets, { ...firstPage, ...itsPlace })).ok;
  const { number } = exampleHead;
  const after = freshRow.id;

  test.each<[string, object, boolean]>([
    ["a fresh list's only page", {}, true],
    ["a later page", { page: { first: number - 1, index: 1, after } }, true],
    ["what changed", { since: "1.2", page: null }, true],
    ["both", { since: "1.2" }, false],
    ["neither", { page: null }, false],
    ["a first page after a ticket", { page: { first: number, index: 0, after } }, false],
    ["a first page of another", { page: { first: number - 1, index: 0, after: null } }, false],
    ["a later page after none", { page: { first: number - 1, index: 1, after: null } }, false],
    ["a later page that is its own first", { page: { first: number, index: 1, after } }, false],
  ])("%s", (_, itsPlace, good) => {
    expect(judgePlace(itsPlace)).toBe(good);
  });

  test("nothing goes on after nothing", () => {
    expect(judgePlace({ more: true }, [])).toBe(false);
    expect(judgePlace({}, [])).toBe(true);
  });
});

describe("reading never throws", () => {
  const ofAnyText = (text: string): void => {
    const read = parseListPart(text);
    if (read.ok) listedTicketAt(read.part, 0, null);
    else expect(["malformed", "unknown_version"]).toContain(read.reason);
  };

  test("any text, any JSON, and what was a list", () => {
    const good = writePart(exampleHead, [exampleRow, freshRow]);
    const cut = fc.nat(good.length).map((end) => good.slice(0, end));
    const spliced = fc
      .tuple(fc.nat(good.length), fc.nat(good.length), fc.string())
      .map(([from, to, text]) => good.slice(0, from) + text + good.slice(to));
    const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.json(), cut, spliced);
    fc.assert(fc.property(anyText, ofAnyText), { numRuns: 3000 });
    for (const text of ["", "null", "1", "[]", "{}", `{"version":2}`, `{"version":"2"}`, "[".repeat(100_000)]) {
      expect(parseListPart(text)).toEqual({ ok: false, reason: "malformed" });
    }
  });

  test("any value in the place of any other", () => {
    const good: unknown = JSON.parse(writePart(exampleHead, [exampleRow, freshRow]));
    const paths = pathsIn(good);
    expect(paths.length).toBeGreaterThan(60);
    const change = fc.record({ path: fc.constantFrom(...paths), value: fc.jsonValue() });
    fc.assert(
      fc.property(change, ({ path, value }) => ofAnyText(JSON.stringify(changed(good, path, value)))),
      { numRuns: 2000 },
    );
    // Whatever member is left out is missed.
    for (const path of paths.filter((one) => /\D/.test(String(one.at(-1))))) {
      const text = JSON.stringify(changed(good, path, undefined));
      expect([path, parseListPart(text)]).toEqual([path, { ok: false, reason: "malformed" }]);
    }
  });

  type Path = readonly (string | number)[];
  const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

  function pathsIn(value: unknown, before: Path = []): Path[] {
    if (!isObject(value)) return [before];
    const below = Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
      pathsIn(member, [...before, name]),
    );
    return before.length === 0 ? below : [before, ...below];
  }

  function changed(value: unknown, [name, ...rest]: Path, to: unknown): unknown {
    if (name === undefined || !isObject(value)) return to;
    const copy: object = structuredClone(value);
    Reflect.set(copy, name, changed(Reflect.get(value, name), rest, to));
    return copy;
  }
});

describe("a signature", () => {
  const signed = signText(writePart(exampleHead, [exampleRow, freshRow]));

  test("covers every bit of the text", async () => {
    const bytes = Buffer.from(signed.body);
    for (let bit = 0; bit < bytes.length * 8; bit += 41) {
      const at = Math.floor(bit / 8);
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ (1 << (bit % 8));
      const body = other.toString();
      expect(body).not.toBe(signed.body);
      expect(await verifyList({ ...signed, body }, trustedKeys, gamesId)).toBe("bad_signature");
    }
  });

  test("has no other text with the same bytes", async () => {
    const name = "\uFFFD";
    const body = writePart(exampleHead, [{ ...exampleRow, holderName: name }]);
    const half = body.replace(name, "\uD800");
    expect(new TextEncoder().encode(half)).toEqual(new TextEncoder().encode(body));
    expect(await judge(signText(body))).toBe("good");
    expect(await judge({ ...signText(body), body: half })).toBe("bad_signature");
  });

  test("is good for no changed signature, and for no key that is none", async () => {
    for (let bit = 0; bit < 512; bit += 1) {
      const bytes = fromBase64url(signed.signature);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await judge({ ...signed, signature: toBase64url(bytes) })).toBe("bad_signature");
    }
    for (const publicKey of ["", "!", "AA", toBase64url(new Uint8Array(32))]) {
      expect(await verifyList(signed, [{ id: 1, publicKey }], gamesId)).toBe("bad_signature");
    }
  });

  test("is only made over a SHA-256", () => {
    expect(() => signList(listKey, gamesId, bytesOf(0, 31))).toThrow(RangeError);
  });
});

describe("the vectors", () => {
  const key = loadSigningKey(fromHex(vectors.keys.listSeed));

  test("are the example's key's", () => {
    expect(toHex(key.publicKey)).toBe(vectors.keys.listPublicKey);
    expect(trustedKeys).toEqual([{ id: vectors.keys.keyId, publicKey: toBase64url(key.publicKey) }]);
    expect(vectors.keys.gamesId).toBe(gamesId);
  });

  test.each(vectors.good)("good: $name", async ({ name: _name, body, bodySha256, signedMessage, ...rest }) => {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body)));
    expect(toHex(digest)).toBe(bodySha256);
    expect(toHex(listMessage(gamesId, digest))).toBe(signedMessage);
    expect(toBase64url(signList(key, gamesId, digest))).toBe(rest.signature);
    expect(await judge({ body, ...rest })).toBe("good");
  });

  test("are what the writer writes", () => {
    expect(vectors.good.map(({ body }) => body)).toEqual([
      writePart(exampleHead, [exampleRow, freshRow]),
      writePart(exampleHead, []),
      writePart(exampleHead, [exampleRow], delta),
    ]);
  });

  test.each(vectors.bad)("bad: $name is $reason", async ({ name: _name, reason, ...signed }) => {
    expect(await judge(signed)).toBe(reason);
  });

  test("there is one for every reason", () => {
    const reasons = ["unknown_key", "bad_signature", "unknown_version", "malformed"];
    expect(new Set(vectors.bad.map(({ reason }) => reason))).toEqual(new Set(reasons));
  });
});
