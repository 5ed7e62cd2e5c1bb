import type { Reservation } from "@tessera/contracts";
import { describe, expect, test } from "vitest";
import { later, now, offer, request, state } from "../testing/reservation-world.ts";
import { decideReservations, type ReservationRequest, type ReservationState } from "./decide-reservations.ts";

const decideOne = (one: ReservationRequest, other: Partial<ReservationState> = {}) =>
  decideReservations([one], state(other))[0];

describe("one wish", () => {
  test("takes the seats of all its lines, by pool, and answers what the order is", () => {
    const lines = [
      ["duo", 2],
      ["solo", 1],
      ["package", 1],
    ] as const;
    expect(decideOne(request(lines, { orderId: "order", reference: "reference" }))).toMatchObject({
      kind: "accepted",
      answer: {
        orderId: "order",
        reference: "reference",
        currency: "EUR",
        totalCents: 6000,
        holdExpiresAt: "2028-07-01T10:15:00.000Z",
        lines: lines.map(([offerId, quantity]) => ({ offerId, quantity, granted: quantity, refusal: null })),
      },
      pools: [
        { seatPoolId: "p1", seats: 6 },
        { seatPoolId: "p2", seats: 1 },
        { seatPoolId: "p3", seats: 1 },
      ],
    });
  });

  test("is refused wholly when one line does not fit, and says which and how many are left", () => {
    const left = new Map([
      ["p1", 10],
      ["p2", 3],
    ]);
    const lines = [
      ["solo", 1],
      ["family", 1],
    ] as const;
    const refused = { kind: "refused", code: "sold_out", details: { offerId: "family", left: 3 } };
    expect(decideOne(request(lines), { left })).toEqual(refused);
  });

  test.each([
    ["draft", { state: "draft" as const }, "offer_withdrawn"],
    ["before its window", { salesOpenAt: later }, "offer_not_on_sale"],
    ["after its window", { salesCloseAt: now }, "offer_not_on_sale"],
    ["at another price", { priceCents: 1 }, "price_changed"],
    ["more than it may be bought at once", { maxPerOrder: 1 }, "limit_reached"],
  ])("is refused for an offer that is %s", (_, other, code) => {
    const changed = new Map([["solo", offer("solo", 1, ["p1"], other)]]);
    expect(decideOne(request([["solo", 2]]), { offers: changed })).toMatchObject({ kind: "refused", code });
  });

  const has = (sessions: Record<string, number>) => ({
    seats: new Map([["buyer", new Map(Object.entries(sessions))]]),
  });

  test.each([
    ["of the competition session", "solo", { "session of p1": 4 }, { "session of p1": 5 }, "competition_session", 6],
    ["of a ceremony", "opening", { "session of ceremony": 0 }, { "session of ceremony": 1 }, "ceremony", 4],
    ["of the Games", "solo", { other: 10 }, { other: 11 }, "games", 12],
    [
      "that counts both pools of one session",
      "both",
      { "session of p3": 2 },
      { "session of p3": 3 },
      "competition_session",
      6,
    ],
    ["that counts all sessions of a package", "package", { other: 6 }, { other: 7 }, "games", 12],
  ] as const)("keeps the limit %s", (_, offerId, atMost, tooMany, scope, limit) => {
    const buyer = request([[offerId, 2]], { accountId: "buyer" });
    expect(decideOne(buyer, has(atMost))).toMatchObject({ kind: "accepted" });
    const before = Object.values(tooMany)[0];
    expect(decideOne(buyer, has(tooMany))).toMatchObject({
      code: "limit_reached",
      details: { scope, limit, has: before },
    });
  });

  test("granted before is the same answer again; with another body it is refused", () => {
    const again = request([["solo", 1]], { accountId: "buyer", idempotencyKey: "key", bodyHash: "same" });
    const answer: Reservation = {
      orderId: "first",
      reference: "REFERENCE0",
      currency: "EUR",
      totalCents: 1,
      holdExpiresAt: "2027-01-01T00:00:00.000Z",
      lines: [],
    };
    const granted = new Map([["buyer key", { bodyHash: "same", answer }]]);
    expect(decideOne(again, { granted })).toEqual({ kind: "replayed", answer });
    expect(decideOne({ ...again, bodyHash: "other" }, { granted })).toMatchObject({ code: "idempotency_key_reused" });
    const ofAnother = new Map([["buyer key", null]]);
    expect(decideOne(again, { granted: ofAnother })).toMatchObject({ code: "idempotency_key_reused" });
  });
});

describe("with consent to get less", () => {
  const partial = (lines: Parameters<typeof request>[0]) => request(lines, { partial: true });

  test("each line gets what can be had, in the order of the lines, and says why no more", () => {
    const left = new Map([
      ["p1", 3],
      ["p2", 10],
      ["p3", 10],
    ]);
    const lines = [
      ["duo", 2],
      ["withdrawn", 1],
      ["closed", 1],
      ["family", 2],
      ["solo", 4],
      ["package", 1],
    ] as const;
    expect(decideOne(partial(lines), { left })).toMatchObject({
      kind: "accepted",
      answer: {
        totalCents: 2000 + 4000 + 1000,
        lines: [
          { offerId: "duo", granted: 1, refusal: { code: "sold_out", details: { left: 3 } } },
          { offerId: "withdrawn", granted: 0, refusal: { code: "offer_withdrawn" } },
          { offerId: "closed", granted: 0, refusal: { code: "offer_not_on_sale" } },
          {
            offerId: "family",
            granted: 1,
            refusal: { code: "limit_reached", details: { scope: "competition_session" } },
          },
          { offerId: "solo", granted: 1, refusal: { code: "sold_out" } },
          { offerId: "package", granted: 0, refusal: { code: "sold_out" } },
        ],
      },
      pools: [
        { seatPoolId: "p1", seats: 3 },
        { seatPoolId: "p2", seats: 4 },
      ],
    });
  });

  test("a line whose price has changed is left out and says the new one", () => {
    const wish = partial([
      ["solo", 1],
      ["duo", 1],
    ]);
    const [solo, ...others] = wish.lines;
    const changed = { ...wish, lines: [{ offerId: "solo", quantity: 1, unitPriceCents: 999 }, ...others] };
    expect(solo).toBeDefined();
    expect(decideOne(changed)).toMatchObject({
      answer: {
        totalCents: 2000,
        lines: [{ granted: 0, refusal: { code: "price_changed", details: { priceCents: 1000 } } }, { granted: 1 }],
      },
    });
  });

  test("is refused with the first line's reason when nothing at all can be had", () => {
    const lines = [
      ["withdrawn", 1],
      ["solo", 1],
    ] as const;
    expect(decideOne(partial(lines), { left: new Map() })).toMatchObject({ kind: "refused", code: "offer_withdrawn" });
  });
});
