import type { ListedTicket } from "@tessera/pass";
import { expect, test } from "vitest";
import type { OwnPassage } from "./journal-entries.ts";
import { partyOf } from "./party.ts";
import { competitionSessionId, gate, knownList, listed, nowMs } from "./testing/known-gate.ts";

let tickets = 0;
function ticket(change: Partial<ListedTicket> = {}, entry: Partial<ListedTicket["entry"]> = {}): ListedTicket {
  tickets += 1;
  const ticketId = `01990b5a-7c00-7abc-8def-${String(tickets).padStart(12, "0")}`;
  return { ...listed, kind: "family", ...change, entry: { ...listed.entry, ticketId, ...entry } };
}

const entered = { direction: "in", atMs: nowMs - 1000, gate: gate.id } as const;
const left = { ...entered, direction: "out", atMs: nowMs - 500 } as const;

/** The order's tickets as this list has them, of which some went in here. */
function partyIn(order: readonly ListedTicket[], of: ListedTicket | undefined, here: readonly ListedTicket[] = []) {
  if (of === undefined) throw new Error("no ticket");
  const list = { ...knownList, party: () => order };
  const own: OwnPassage = {
    ticketId: null,
    competitionSessionId,
    direction: "in",
    atMs: nowMs,
    gateId: gate.id,
    byHand: false,
  };
  const passagesOf = (id: string) => (here.some(({ entry }) => entry.ticketId === id) ? [own] : []);
  return partyOf(of, { list, passagesOf });
}

test("a family is its own people, and not all that were bought with it", () => {
  const family = [ticket({ passages: [entered] }), ticket({ passages: [entered, left] }), ticket(), ticket()];
  const friends = [ticket({ kind: "solo", passages: [entered] }), ticket({ kind: "solo" })];
  const dearer = [ticket({}, { category: "A" }), ticket({}, { category: "A" })];
  const summer = ticket({ name: { fr: "Été", en: "Summer" } });
  const order = [...family, ...friends, ...dearer, summer];
  expect(partyIn(order, family[3], family.slice(2, 3))).toEqual({ inside: 2, of: 4 });
  expect(partyIn(order, dearer[0])).toEqual({ inside: 0, of: 2 });
  expect(partyIn(order, summer)).toBeNull();
});

test("who was sold alone belongs to the order, and who stands alone to nobody", () => {
  const order = [ticket({ kind: "solo", passages: [entered] }), ticket({ kind: "solo" }), ticket()];
  expect(partyIn(order, order[1])).toEqual({ inside: 1, of: 3 });
  expect(partyIn(order.slice(1, 2), order[1])).toBeNull();
});

test("a cancelled ticket is nobody's; a blocked one is somebody's", () => {
  const order = [ticket(), ticket({}, { state: "blocked" }), ticket({ passages: [entered] }, { state: "revoked" })];
  expect(partyIn(order, order[0])).toEqual({ inside: 0, of: 2 });
});
