import { describe, expect, test } from "vitest";
import { makePaperCode, readCode } from "../src/code.ts";
import { decide } from "../src/decide.ts";
import { passDigest, tokenDigest } from "../src/digests.ts";
import type { PassFields } from "../src/pass.ts";
import type { GatePolicy, Known, ListEntry } from "../src/policy.ts";
import { slotAt } from "../src/slot.ts";
import { verifyCode, type IssuerKeys } from "../src/verify.ts";
import { deriveEpochToken, deriveTicketKey } from "./derive.ts";
import { issuePass } from "./issue.ts";
import { generateSigningSeed, loadSigningKey, type LoadedSigningKey } from "./signing-key.ts";
import {
  accountKey,
  exampleFields,
  gamesId,
  issueExample,
  issuerKey,
  issuerKeys,
  opening,
  paperFields,
  purchaseKey,
  showExample,
  ticketId,
  tokenKey,
} from "./testing/example.ts";

/** What goes wrong on the day, from the code's text to the verdict of a tablet with a fresh list. */

const nowMs = opening * 1000 + 7_000;
const hourMs = 3_600_000;
const policy: GatePolicy = {
  competitionSessionNumber: exampleFields.competitionSessionNumber,
  direction: "in",
  zones: [exampleFields.zone],
  window: { fromMs: nowMs - 30 * 60_000, untilMs: nowMs + 4 * hourMs },
  reentry: "never",
  maxListAgeMs: hourMs,
};

/** What a list made after this pass says of its ticket; one made before the activation knows only the next token. */
async function entryOf(pass: Uint8Array, { epoch, listed = true }: { epoch: number; listed?: boolean }) {
  const entry: ListEntry = {
    ticketId,
    state: "good",
    competitionSessionNumber: exampleFields.competitionSessionNumber,
    zone: exampleFields.zone,
    category: exampleFields.category,
    epoch: listed ? epoch : epoch - 1,
    passDigest: listed ? await passDigest(pass) : null,
    nextTokenDigest: await tokenDigest(ticketId, deriveEpochToken(tokenKey, ticketId, listed ? epoch + 1 : epoch)),
  };
  return entry;
}

type Gate = {
  readonly nowMs?: number;
  readonly keys?: IssuerKeys;
  readonly games?: string;
  readonly known?: Partial<Known>;
};

const listed = await entryOf(issueExample(), { epoch: exampleFields.epoch });

async function scan(text: string, { nowMs: at = nowMs, keys = issuerKeys, games = gamesId, known }: Gate = {}) {
  const verified = await verifyCode(readCode(text), keys, games);
  const usual: Known = {
    entry: listed,
    listMadeAtMs: at - 60_000,
    competitionSessionCancelled: false,
    earlier: [],
    clockInDoubt: false,
  };
  const { outcome, reason } = decide(verified, policy, { ...usual, ...known }, at);
  return `${outcome} ${reason}`;
}

const live = await showExample(slotAt(nowMs));

test("nothing is wrong with the example", async () => {
  expect(await scan(live)).toBe("admit admitted");
});

describe("a clock that is off by an hour", () => {
  test.each([-hourMs, hourMs])("of the phone, by %d ms: its code is stale", async (off) => {
    expect(await scan(await showExample(slotAt(nowMs + off)))).toBe("refuse stale_code");
  });

  test.each([
    [-hourMs, "too_early"],
    [hourMs, "stale_code"],
  ])("of the tablet, by %d ms: refused while it trusts itself, a look once it does not", async (off, reason) => {
    const gate = { nowMs: nowMs + off };
    expect(await scan(live, gate)).toBe(`refuse ${reason}`);
    expect(await scan(live, { ...gate, known: { clockInDoubt: true } })).toBe(`check ${reason}`);
  });
});

test("a code read twice lets in once", async () => {
  const earlier = [{ direction: "in", atMs: nowMs, gate: "A" }] as const;
  expect(await scan(live, { nowMs: nowMs + 1, known: { earlier } })).toBe("refuse already_admitted");
});

test("a part of a code, from either end, is none", async () => {
  for (let length = 0; length < live.length; length += 1) {
    expect(await scan(live.slice(0, length)), `the first ${length}`).toBe("refuse malformed");
    expect(await scan(live.slice(live.length - length)), `the last ${length}`).toBe("refuse malformed");
  }
});

test("an older epoch is superseded, however good its signatures are", async () => {
  const newer = await entryOf(issueExample(), { epoch: exampleFields.epoch + 1 });
  expect(await scan(live, { known: { entry: newer } })).toBe("refuse superseded");
});

test("a code of another Games does not verify, though its issuer's key were the same", async () => {
  expect(await scan(live, { games: "other-2028" })).toBe("refuse bad_signature");
});

describe("a version that the reader does not know", () => {
  const later = (text: string): string => text.replace("TSR1:", "TSR2:");
  test.each([
    ["a later code", later(live)],
    ["a later code that is longer than any of today", later(live) + "0".repeat(600)],
    ["a later code in another alphabet", "TSR2:{anything at all}"],
    ["a code of version 10", "TSR10:0"],
    ["a code of version 999", "TSR999:0"],
  ])("%s: refused as such, so that the staff knows to fetch another app", async (_, text) => {
    expect(await scan(text)).toBe("refuse unknown_version");
  });

  test.each(["TSR:0", "TSR1000:0", "TSRX:0", "TSR2", "tsr2:0", " TSR2:0"])("%j is no code of ours", async (text) => {
    expect(await scan(text)).toBe("refuse malformed");
  });
});

describe("several issuer keys", () => {
  const second = loadSigningKey(generateSigningSeed());
  const both: IssuerKeys = new Map([
    [1, { publicKey: issuerKey.publicKey, compromised: false }],
    [2, { publicKey: second.publicKey, compromised: false }],
  ]);
  const firstCompromised: IssuerKeys = new Map([...both, [1, { publicKey: issuerKey.publicKey, compromised: true }]]);

  function passBy(key: LoadedSigningKey, change: Partial<PassFields>): Uint8Array<ArrayBuffer> {
    const fields = { ...exampleFields, ...change };
    const ticketKey = deriveTicketKey(accountKey, purchaseKey, ticketId, fields.epoch);
    return issuePass(fields, { ticketKey, issuerKey: key, gamesId });
  }
  const shown = (pass: Uint8Array<ArrayBuffer>): Promise<string> => showExample(slotAt(nowMs), pass);
  const ofMorning = passBy(issuerKey, { issuerKeyId: 1 });
  const ofAfternoon = passBy(second, { issuerKeyId: 2 });

  test("rotated at noon: passes of the morning and of the afternoon are let in, listed or newer than the list", async () => {
    for (const pass of [ofMorning, ofAfternoon]) {
      for (const isListed of [true, false]) {
        const entry = await entryOf(pass, { epoch: exampleFields.epoch, listed: isListed });
        expect(await scan(await shown(pass), { keys: both, known: { entry } })).toBe("admit admitted");
      }
    }
  });

  test("a tablet that was not told of the new key knows no such issuer", async () => {
    expect(await scan(await shown(ofAfternoon), { keys: issuerKeys })).toBe("refuse unknown_issuer");
  });

  test("the id of one key over the signature of another is a bad signature", async () => {
    expect(await scan(await shown(passBy(second, { issuerKeyId: 1 })), { keys: both })).toBe("refuse bad_signature");
  });

  test("a retired key that the list names no more is unknown, for paper as well", async () => {
    const keys = new Map([[2, { publicKey: second.publicKey, compromised: false }]]);
    expect(await scan(live, { keys })).toBe("refuse unknown_issuer");
    expect(await scan(makePaperCode(issueExample(paperFields)), { keys })).toBe("refuse unknown_issuer");
  });

  test("a compromised key's pass counts where the list has it, and is looked at where it is newer", async () => {
    const epoch = exampleFields.epoch;
    const keys = firstCompromised;
    expect(await scan(live, { keys })).toBe("admit admitted");
    const older = await entryOf(ofMorning, { epoch, listed: false });
    expect(await scan(live, { keys, known: { entry: older } })).toBe("check unlisted_pass");
    expect(await scan(live, { keys, known: { entry: null } })).toBe("check unknown_ticket");
    const newer = await entryOf(ofAfternoon, { epoch, listed: false });
    expect(await scan(await shown(ofAfternoon), { keys, known: { entry: newer } })).toBe("admit admitted");
  });
});
