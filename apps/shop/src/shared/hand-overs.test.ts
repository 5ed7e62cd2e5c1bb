import type { HandOver } from "@tessera/contracts";
import { describe, expect, test } from "vitest";
import { firstEnd, givenAway, givenOf, giversOf, offersToMe } from "./hand-overs.ts";

function handOver(id: string, over: Partial<HandOver> = {}, startsAt = "2028-07-20T08:00:00.000Z"): HandOver {
  return {
    id,
    state: "accepted",
    direction: "given",
    other: "lea@example.org",
    ticketId: "T1",
    ticketReference: id,
    orderId: "order",
    offeredAt: "2028-06-01T08:00:00.000Z",
    expiresAt: "2028-06-08T08:00:00.000Z",
    endedAt: "2028-06-02T08:00:00.000Z",
    kind: "duo",
    name: null,
    category: "A",
    zone: 1,
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
      endsAt: startsAt,
      gatesOpenAt: startsAt,
    },
    ...over,
  };
}

const ids = (handOvers: readonly HandOver[]): string[] => handOvers.map(({ id }) => id);

describe("offers to me", () => {
  const open = { state: "offered", direction: "received", endedAt: null } as const;
  const all = [
    handOver("C", { ...open, other: "Zoé" }, "2028-07-21T08:00:00.000Z"),
    handOver("A", { ...open, other: "Zoé" }),
    handOver("B", { ...open, other: "Max", expiresAt: "2028-06-05T08:00:00.000Z" }),
    handOver("over", { ...open, state: "expired", other: "Zoé" }),
    handOver("mine", { state: "offered" }),
  ];

  test("stand by who makes them, in order of time", () => {
    expect(offersToMe(all).map(({ other, handOvers }) => [other, ids(handOvers)])).toEqual([
      ["Zoé", ["A", "C"]],
      ["Max", ["B"]],
    ]);
  });

  test("end with the first of them", () => {
    expect(firstEnd(all.slice(0, 3))).toBe("2028-06-05T08:00:00.000Z");
  });
});

describe("a ticket that goes to and fro", () => {
  const first = handOver("first", { endedAt: "2028-06-02T08:00:00.000Z" });
  const back = handOver("back", {
    direction: "received",
    other: "Léa",
    orderId: null,
    endedAt: "2028-06-03T08:00:00.000Z",
  });
  const again = handOver("again", { other: "max@example.org", endedAt: "2028-06-04T08:00:00.000Z" });

  test("is from whoever gave it last", () => {
    const before = handOver("before", { ...back, id: "before", other: "Max", endedAt: "2028-06-01T08:00:00.000Z" });
    expect([...giversOf([back, before, first])]).toEqual([["T1", "Léa"]]);
  });

  test("is given once, to whoever got it last", () => {
    expect(ids(givenOf([again, back, first], "order", new Set()))).toEqual(["again"]);
    expect(givenAway([first, again], "T1")?.id).toBe("again");
  });

  test("is not given while it is here", () => {
    expect(givenOf([back, first], "order", new Set(["T1"]))).toEqual([]);
  });

  test("is only of its own order", () => {
    expect(givenOf([first], "other", new Set())).toEqual([]);
  });
});
