import type { Ticket } from "@tessera/contracts";
import { toBase64url } from "@tessera/pass";
import { describe, expect, test } from "vitest";
import type { DeviceKey } from "./device-keys.ts";
import { groupTickets, ticketsTogether, ticketStanding } from "./ticket-standing.ts";

const publicKey = new Uint8Array(32).fill(7);
const paper = {
  state: "paper",
  devicePublicKey: null,
  opensAt: "",
  closesAt: "",
  movesLeft: 4,
  movesLimit: 5,
  nextMoveAt: null,
} as const;
const unmoved = { opensAt: "", closesAt: "", movesLeft: 5, movesLimit: 5, nextMoveAt: null };

function ticket(reference: string, over: Partial<Ticket> = {}, startsAt = "2028-07-20T08:00:00.000Z"): Ticket {
  return {
    id: reference,
    reference,
    state: "issued",
    orderId: "order",
    orderReference: "ORDER",
    kind: "duo",
    name: null,
    category: "A",
    zone: 1,
    gate: null,
    holderName: "Zoé",
    epoch: 3,
    blocked: false,
    competitionSession: {
      id: startsAt,
      code: "ATH01",
      disciplineCode: "ATH",
      discipline: "Athletics",
      events: "",
      medal: false,
      state: "scheduled",
      venueCode: "STA",
      venue: "Stade",
      city: "Paris",
      timeZone: "Europe/Paris",
      startsAt,
      endsAt: startsAt.replace("T08", "T11"),
      gatesOpenAt: startsAt,
    },
    activation: { ...unmoved, state: "active", devicePublicKey: toBase64url(publicKey) },
    handOver: { state: "open", closesAt: startsAt, offered: null },
    ...over,
  };
}

function key(over: Partial<DeviceKey> = {}): DeviceKey {
  const secret = { kind: "soft" } as DeviceKey["secret"];
  return { ticketId: "t", publicKey, secret, activated: { epoch: 3, pass: new Uint8Array(163) }, ...over };
}

describe("where a ticket stands on this device", () => {
  test.each([
    ["here with its current pass", ticket("T"), key(), "here"],
    ["elsewhere without a key", ticket("T"), undefined, "elsewhere"],
    ["elsewhere with another key", ticket("T"), key({ publicKey: new Uint8Array(32) }), "elsewhere"],
    ["unfinished when the answer was lost", ticket("T"), key({ activated: null }), "unfinished"],
    ["unfinished with an older pass", ticket("T", { epoch: 4 }), key(), "unfinished"],
    ["cancelled, whatever is here", ticket("T", { state: "cancelled" }), key(), "cancelled"],
    ["blocked, whatever is here", ticket("T", { blocked: true }), key(), "blocked"],
    ["cancelled rather than blocked", ticket("T", { blocked: true, state: "cancelled" }), key(), "cancelled"],
    ["on paper, whatever is here", ticket("T", { activation: paper }), key(), "paper"],
    ["unfinished after signing out and in", ticket("T"), key({ activated: null, keepUntilMs: 1 }), "unfinished"],
    ["admitted, when its pass is gone", ticket("T", { state: "admitted" }), key({ activated: null }), "admitted"],
    ["admitted, when it was shown elsewhere", ticket("T", { state: "admitted" }), undefined, "admitted"],
    ["here after it has opened the gate", ticket("T", { blocked: true, state: "admitted" }), key(), "here"],
  ] as const)("%s", (_, given, deviceKey, standing) => {
    expect(ticketStanding(given, deviceKey)).toBe(standing);
  });

  test("a key alone opens nothing before the server knows it", () => {
    const open = ticket("T", { activation: { ...unmoved, state: "open", devicePublicKey: null } });
    expect(ticketStanding(open, key({ activated: null }))).toBe("open");
  });
});

test("competition sessions to come stand in order of time, those that are over newest first", () => {
  const at = (day: string): string => `2028-07-${day}T08:00:00.000Z`;
  const tickets = ["23", "20", "22", "21", "23"].map((day, index) => ticket(`T${index}`, {}, at(day)));
  const { upcoming, past } = groupTickets(tickets, Date.parse("2028-07-22T00:00:00.000Z"));
  expect(upcoming.map(({ competitionSession, tickets: [...group] }) => [competitionSession.id, group.length])).toEqual([
    [at("22"), 1],
    [at("23"), 2],
  ]);
  expect(past.map(({ competitionSession }) => competitionSession.id)).toEqual([at("21"), at("20")]);
});

describe("one leafs through", () => {
  const tickets = [ticket("C"), ticket("B", { orderId: "other" }), ticket("A"), received("E"), received("D")];
  const together = (index: number): string[] =>
    ticketsTogether(tickets, tickets[index] ?? ticket("none")).map(({ reference }) => reference);

  test("the tickets of one order", () => expect(together(0)).toEqual(["A", "C"]));

  test("those of one competition session that others gave", () => {
    tickets.push(received("F", "2028-07-21T08:00:00.000Z"));
    expect(together(3)).toEqual(["D", "E"]);
  });
});

test("what others gave stands after what was bought", () => {
  const { upcoming } = groupTickets([received("A"), ticket("B")], 0);
  expect(upcoming[0]?.tickets.map(({ reference }) => reference)).toEqual(["B", "A"]);
});

function received(reference: string, startsAt?: string): Ticket {
  return ticket(reference, { orderId: null, orderReference: null }, startsAt);
}
