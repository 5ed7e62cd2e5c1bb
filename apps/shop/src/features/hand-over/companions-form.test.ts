import type { Ticket } from "@tessera/contracts";
import { describe, expect, test } from "vitest";
import { changesOf, companionsForm, type CompanionRows, isOpenToChange, rowsOf } from "./companions-form.ts";
import { groupsToShareOut, isForSeveral, parseTogether } from "./together.ts";

const at = "2028-07-20T08:00:00.000Z";

function ticket(id: string, over: Partial<Ticket> = {}, code = "ATH01"): Ticket {
  return {
    id,
    reference: id,
    state: "issued",
    orderId: "order",
    orderReference: "ORDER",
    kind: "family",
    name: null,
    category: "A",
    zone: 1,
    gate: null,
    holderName: "Zoé",
    epoch: 0,
    blocked: false,
    competitionSession: {
      id: code,
      code,
      disciplineCode: "ATH",
      discipline: "Athletics",
      events: "",
      medal: false,
      state: "scheduled",
      venueCode: "STA",
      venue: "Stade",
      city: "Paris",
      timeZone: "Europe/Paris",
      startsAt: at,
      endsAt: at,
      gatesOpenAt: at,
    },
    activation: {
      state: "open",
      opensAt: at,
      closesAt: at,
      devicePublicKey: null,
      movesLeft: 5,
      movesLimit: 5,
      nextMoveAt: null,
    },
    handOver: { state: "open", closesAt: at, offered: null },
    ...over,
  };
}

const offered = { state: "offered", closesAt: at, offered: { id: "H", email: "a@b.fr", expiresAt: at } } as const;

describe("what the rows change", () => {
  const tickets = [ticket("mine"), ticket("named", { holderName: "Max" }), ticket("free"), ticket("away")];

  test("is nothing as long as they say what is", () => {
    expect(changesOf(rowsOf(tickets, "Zoé"), tickets, "Zoé")).toEqual({ names: [], offers: [] });
  });

  test("is a name, the own name again, and an offer; never what was typed for another way", () => {
    const rows: CompanionRows = [
      { ticketId: "mine", way: "companion", name: "Léa", email: "typed@before.fr" },
      { ticketId: "named", way: "mine", name: "Max", email: "" },
      { ticketId: "free", way: "mine", name: "Typed", email: "typed@before.fr" },
      { ticketId: "away", way: "email", name: "Typed", email: "ana@example.org" },
    ];
    expect(changesOf(rows, tickets, "Zoé")).toEqual({
      names: [
        { ticketId: "mine", name: "Léa" },
        { ticketId: "named", name: null },
      ],
      offers: [{ ticketId: "away", email: "ana@example.org" }],
    });
  });

  test.each([
    ["is on its way", { handOver: offered }],
    ["has been used", { state: "admitted" }],
    ["is blocked", { blocked: true }],
    ["is too late to change", { handOver: { state: "closed", closesAt: at, offered: null } }],
  ] as const)("is nothing of a ticket that %s", (_, over) => {
    const one = ticket("T", over);
    expect(isOpenToChange(one)).toBe(false);
    const rows: CompanionRows = [{ ticketId: "T", way: "email", name: "", email: "ana@example.org" }];
    expect(changesOf(rows, [one], "Zoé").offers).toEqual([]);
  });
});

describe("the form", () => {
  const form = companionsForm("me@example.org");
  const pathsOf = (rows: CompanionRows): string[] =>
    (form.safeParse({ rows }).error?.issues ?? []).map(({ path, message }) =>
      message === "self" ? `${path.join(".")} self` : path.join("."),
    );

  test("asks for what the way needs, and for nothing else", () => {
    expect(
      pathsOf([
        { ticketId: "1", way: "mine", name: "", email: "" },
        { ticketId: "2", way: "companion", name: " ", email: "not looked at" },
        { ticketId: "3", way: "email", name: "", email: "nobody" },
      ]),
    ).toEqual(["rows.1.name", "rows.2.email"]);
  });

  test("knows one’s own address, however it is written", () => {
    expect(pathsOf([{ ticketId: "1", way: "email", name: "", email: " ME@example.org" }])).toEqual([
      "rows.0.email self",
    ]);
  });
});

describe("which tickets go in together", () => {
  const tickets = [
    ticket("B"),
    ticket("A"),
    ticket("gone", { state: "cancelled" }),
    ticket("other order", { orderId: "other" }),
    ticket("later", {
      competitionSession: { ...ticket("").competitionSession, id: "2", code: "ATH02", startsAt: "3" },
    }),
  ];
  const idsOf = (together: Parameters<typeof groupsToShareOut>[1]): string[][] =>
    groupsToShareOut(tickets, together).map((group) => group.map(({ id }) => id));

  test("those of an order, by competition session", () => {
    expect(idsOf({ order: "order" })).toEqual([["A", "B"], ["later"]]);
  });

  test("those of a competition session, whoever bought them", () => {
    expect(idsOf({ session: "ATH01" })).toEqual([["A", "B", "other order"]]);
  });

  test("none for an address that names neither", () => {
    expect(idsOf(parseTogether({ session: 3 }))).toEqual([]);
  });

  test("are several only where two can still change", () => {
    expect(isForSeveral([ticket("A"), ticket("B")])).toBe(true);
    expect(isForSeveral([ticket("A"), ticket("B", { state: "admitted" })])).toBe(false);
  });
});
