import { readFileSync } from "node:fs";
import type { List, ScanInput, Verdict } from "@tessera/contracts";
import { type ListHead, type ListKey, type ListRow, toBase64url, uuidToBytes } from "@tessera/pass";
import { expect, vi } from "vitest";
import { openScanner } from "../open-scanner.ts";
import type { Scanner } from "../scanner.ts";
import { createFakeClock } from "./fake-clock.ts";
import { makeListKey, signList } from "./signed-lists.ts";

type Vector = { readonly name: string; readonly text: string; readonly pass: string; readonly passDigest: string };
type Vectors = {
  readonly keys: Readonly<Record<"gamesId" | "issuerPublicKey" | "deviceSeed", string>>;
  readonly codes: readonly Vector[];
};

const isVectors = (value: unknown): value is Vectors =>
  typeof value === "object" && value !== null && "keys" in value && "codes" in value;

function readVectors(): Vectors {
  const vectors: unknown = JSON.parse(
    readFileSync(new URL("../../../pass/vectors/good.json", import.meta.url), "utf8"),
  );
  if (!isVectors(vectors)) throw new Error("the vectors have changed");
  return vectors;
}
export const good = readVectors();

export const bytes = (hex = ""): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(hex, "hex"));
export const base64url = (hex?: string): string => toBase64url(bytes(hex));

/** An example by its name; without one, what a device shows. */
const exampleOf = (name?: string): Vector => {
  const found = name === undefined ? good.codes[0] : good.codes.find((code) => code.name === name);
  if (found === undefined) throw new Error("the vectors have changed");
  return found;
};
export const device = exampleOf();
export const paper = exampleOf("paper");

/** Within the slot of the example's code. */
export const nowMs = Date.UTC(2028, 6, 15, 18, 0, 7);
export const iso = (ms: number): string => new Date(ms).toISOString();
const ticketId = "01990b5a-7c00-7abc-8def-0123456789ab";
export const gate = { id: "01990b5a-7c00-7abc-8def-0000000000aa", code: "A", name: "Gate A" };
export const otherGate = { id: "01990b5a-7c00-7abc-8def-0000000000bb", code: "B", name: "Gate B" };
const event = { disciplineCode: "ATH", discipline: "Athletics", events: "Women's 100 m", medal: true };
const place = { venueCode: "STA", venue: "Stadium", city: "Paris", timeZone: "Europe/Paris" };
export const competitionSession = {
  id: "01990b5a-7c00-7abc-8def-000000000305",
  code: "ATH05",
  ...event,
  ...place,
  state: "scheduled",
  startsAt: iso(nowMs + 3_600_000),
  endsAt: iso(nowMs + 7_200_000),
} as const;
export const listed: ListRow = {
  id: toBase64url(uuidToBytes(ticketId)),
  state: "good",
  epoch: 3,
  zone: 2,
  category: "B",
  holderName: "Camille Martin",
  offer: 0,
  passDigest: base64url(device.passDigest),
  nextTokenDigest: base64url("21534647246e869a6429ca73"),
  admittedAt: null,
  admittedGate: null,
};
export const listKey = makeListKey(1);
export const publicHalf = ({ id, publicKey }: ListKey): ListKey => ({ id, publicKey });
export const list: ListHead = {
  gamesId: good.keys.gamesId,
  number: 1000,
  madeAt: iso(nowMs - 2000),
  competitionSession: { ...competitionSession, number: 305 },
  window: { opensAt: iso(nowMs - 3_600_000), closesAt: iso(nowMs + 7_200_000) },
  zones: [1, 2],
  maxAgeSeconds: 900,
  issuerKeys: [{ id: 1, publicKey: base64url(good.keys.issuerPublicKey), compromised: false }],
  listKeys: [publicHalf(listKey)],
  gates: [gate, otherGate],
  offers: [{ kind: "duo", name: null }],
};
/** A minute ago at the other gate. */
export const enteredElsewhere = { admittedAt: nowMs - 60_000, admittedGate: 1 };
export const admit: Verdict = {
  outcome: "admit",
  reason: "admitted",
  ticket: {
    id: ticketId,
    reference: "TSR-7K2M-9P",
    holderName: listed.holderName,
    kind: "duo",
    name: null,
    category: listed.category,
    zone: listed.zone,
    competitionSession,
  },
  first: null,
  decidedAt: iso(nowMs + 10),
};
export const alreadyIn: Verdict = {
  ...admit,
  outcome: "refuse",
  reason: "already_admitted",
  first: { at: iso(nowMs - 60_000), gate: otherGate },
};

type Answers = {
  readonly tickets?: readonly ListRow[];
  readonly answer?: (input: ScanInput) => Promise<Verdict>;
  /** What the tablet kept from before; a memory of its own unless told. */
  readonly trust?: ReturnType<typeof keepTrust>;
};

/** A tablet's storage. */
export function keepTrust(text: string | null = null) {
  const kept = { text };
  return { kept, read: () => kept.text, write: (written: string) => void (kept.text = written) };
}

export async function openGate({ tickets = [listed], answer = async () => admit, trust = keepTrust() }: Answers = {}) {
  // The tablet's own clock is wrong by years.
  const clock = createFakeClock(0);
  const written: number[] = [];
  const openedAtMs = clock.monotonicMs();
  const nowAt = () => iso(nowMs + clock.monotonicMs() - openedAtMs);
  /** A list as the server would make it now. */
  const sign = (head: Partial<ListHead> = {}, key = listKey): List =>
    signList({ ...list, ...head }, { tickets, key, answeredAt: nowAt() });
  const fetchList = vi.fn<() => Promise<List>>(async () => sign());
  const fetchKeys = vi.fn(async () => ({ gamesId: list.gamesId, keys: [publicHalf(listKey)] }));
  const send = vi.fn<(input: ScanInput) => Promise<Verdict>>(answer);
  let nonces = 0;
  const open = () =>
    openScanner(
      {
        competitionSessionId: competitionSession.id,
        gate,
        clock,
        transport: { list: fetchList, listKeys: fetchKeys, scan: send },
        trust,
        tally: { read: () => 40, write: (count) => written.push(count) },
        newNonce: () => `nonce-${(nonces += 1)}`,
      },
      new AbortController().signal,
    );
  return { scanner: await open(), open, clock, send, fetchList, fetchKeys, sign, written };
}

export const never = (): Promise<Verdict> => new Promise(() => {});
export const unreachable = (): Promise<Verdict> => Promise.reject(new Error("no network"));

/** Waits for the verdict on the screen. */
export async function shown(scanner: Scanner, status = "decided") {
  await vi.waitFor(() => expect(scanner.state().scan?.status).toBe(status), { interval: 2 });
  const { scan } = scanner.state();
  if (scan === null || scan.status === "asking") throw new Error("no verdict");
  return scan.verdict;
}
export const sent = (send: { mock: { calls: [ScanInput][] } }) => send.mock.calls.map(([input]) => input.nonce);
