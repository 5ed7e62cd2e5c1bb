import { readFileSync } from "node:fs";
import type { Gate, ScanQuestion, Verdict } from "@tessera/contracts";
import { fromBase64url, type ListedTicket, toBase64url } from "@tessera/pass";
import { Contact } from "../contact.ts";
import { type Journal, openJournal } from "../journal.ts";
import type { KnownList } from "../known-list.ts";
import type { Store } from "../ports.ts";
import { Scanner } from "../scanner.ts";
import { createServerClock } from "../server-clock.ts";
import { createFakeClock } from "./fake-clock.ts";

type Vector = { readonly name: string; readonly text: string; readonly passDigest: string };
type Vectors = {
  readonly keys: { gamesId: string; issuerPublicKey: string; issuerSeed: string; deviceSeed: string };
  readonly codes: readonly Vector[];
};

const isVectors = (value: unknown): value is Vectors =>
  typeof value === "object" && value !== null && "keys" in value && "codes" in value;

function readVectors(): Vectors {
  const file = new URL("../../../pass/vectors/good.json", import.meta.url);
  const vectors: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isVectors(vectors)) throw new Error("the vectors have changed");
  return vectors;
}

const vectors = readVectors();
export const { keys } = vectors;
export const bytes = (hex = ""): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(hex, "hex"));
const [example] = vectors.codes;

/** What a device shows, within the slot of `nowMs`. */
export const goodCode = example?.text ?? "";
export const nowMs = Date.UTC(2028, 6, 15, 18, 0, 7);
export const ticketId = "01990b5a-7c00-7abc-8def-0123456789ab";
export const competitionSessionId = "01990b5a-7c00-7abc-8def-000000000305";
export const gate = { id: "01990b5a-7c00-7abc-8def-0000000000aa", code: "A", name: "Gate A" };
export const shiftId = "01990b5a-7c00-7abc-8def-00000000005f";
export const supervisorShiftId = "01990b5a-7c00-7abc-8def-00000000006f";

const competitionSession = {
  id: competitionSessionId,
  number: 305,
  code: "ATH05",
  disciplineCode: "ATH",
  discipline: "Athletics",
  events: "Women's 100 m",
  medal: true,
  venueCode: "STA",
  venue: "Stadium",
  city: "Paris",
  timeZone: "Europe/Paris",
  state: "scheduled",
  startsAt: new Date(nowMs + 3_600_000).toISOString(),
  endsAt: new Date(nowMs + 7_200_000).toISOString(),
} as const;

/** The ticket of `goodCode`, as the list has it. */
export const listed: ListedTicket = {
  entry: {
    ticketId,
    state: "good",
    competitionSessionNumber: 305,
    zone: 2,
    category: "B",
    epoch: 3,
    passDigest: bytes(example?.passDigest),
    nextTokenDigest: new Uint8Array(12),
  },
  reference: "7K2M9P4RST",
  order: "ABCDEFGHJK",
  holderName: "Camille Martin",
  kind: "duo",
  name: null,
  passages: [],
};

export const knownList: KnownList = {
  gamesId: keys.gamesId,
  number: 1000,
  competitionSession,
  window: {
    opensAt: new Date(nowMs - 3_600_000).toISOString(),
    closesAt: new Date(nowMs + 7_200_000).toISOString(),
  },
  gates: [{ ...gate, zones: [1, 2] }],
  madeAtMs: nowMs - 2000,
  issuerKeys: new Map([
    [1, { publicKey: fromBase64url(toBase64url(bytes(keys.issuerPublicKey))), compromised: false }],
  ]),
  size: 1,
  policy: (direction) => ({
    competitionSessionNumber: 305,
    direction,
    zones: [1, 2],
    window: { fromMs: nowMs - 3_600_000, untilMs: nowMs + 7_200_000 },
    reentry: "never",
    maxListAgeMs: 900_000,
  }),
  find: () => listed,
  search: (text) => (text === "camille" ? [listed] : []),
  party: () => [listed],
  inside: () => [{ zone: 2, tickets: 1, inside: 0 }],
  homeGate: () => gate,
};

export const yes: Verdict = {
  outcome: "admit",
  reason: "admitted",
  ticket: null,
  first: null,
  decidedAt: new Date(nowMs).toISOString(),
};
/** Who stands there, by the server. */
export const named: NonNullable<Verdict["ticket"]> = {
  id: ticketId,
  reference: listed.reference,
  holderName: "Camille Martin",
  kind: "duo",
  name: null,
  category: "B",
  zone: 2,
  competitionSession,
};
export const no: Verdict = { ...yes, outcome: "refuse", reason: "already_admitted" };

/**
 * A tablet at a gate, over a store that may have outlived another; the server answers when it is told to.
 *
 * @param wish.others what the list has besides
 * @param wish.homeGate where tickets belong while the tablet is cut off; absent: anywhere
 * @param wish.unheardOffMs so wrong is a clock that no server was heard by; absent: the server was heard
 */
export async function openKnownGate(
  store: Store,
  {
    others = [],
    unheardOffMs,
    homeGate,
  }: { others?: readonly ListedTicket[]; unheardOffMs?: number; homeGate?: Gate } = {},
) {
  const clock = createFakeClock(nowMs + (unheardOffMs ?? 0));
  const serverClock = createServerClock(clock);
  if (unheardOffMs === undefined) serverClock.learn(nowMs, clock.monotonicMs());
  const journal: Journal = await openJournal(store);
  const contact = new Contact();
  const asked: ReturnType<typeof Promise.withResolvers<Verdict>>[] = [];
  const questions: ScanQuestion[] = [];
  const signals: AbortSignal[] = [];
  const find = (id: string) => [listed, ...others].find(({ entry }) => entry.ticketId === id);
  let known: KnownList = { ...knownList, find };
  if (homeGate !== undefined) {
    const policy: KnownList["policy"] = (...at) => ({ ...knownList.policy(...at), offlineAdmission: "home_gate" });
    known = { ...known, policy, homeGate: () => homeGate };
  }
  let answerNext: ((answer: (typeof asked)[number]) => void) | null = null;
  let isLocked = false;
  const scanner = new Scanner({
    competitionSessionId,
    gate,
    clock,
    serverClock,
    journal,
    contact,
    transport: {
      ask: (question, signal) => {
        questions.push(question);
        signals.push(signal);
        const answer = Promise.withResolvers<Verdict>();
        asked.push(answer);
        answerNext?.(answer);
        return answer.promise;
      },
    },
    list: () => known,
    atWork: {
      shiftId: () => (isLocked ? null : shiftId),
      authorise: (id, pin) => Promise.resolve(id === supervisorShiftId && pin === "274913"),
      overridesOf: (id) => (id === supervisorShiftId ? 2 : 0),
    },
  });
  return {
    clock,
    serverClock,
    journal,
    contact,
    scanner,
    asked,
    questions,
    signals,
    /** From now on each question is answered at once. */
    answerBy: (answer: NonNullable<typeof answerNext>) => {
      answerNext = answer;
    },
    hideNames: () => {
      const nameless = { ...listed, holderName: null };
      known = { ...knownList, find: (id) => (id === ticketId ? nameless : undefined) };
    },
    lock: () => {
      isLocked = true;
    },
  };
}
