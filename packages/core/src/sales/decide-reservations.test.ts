import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OfferTerms } from "../catalogue/offer.ts";
import { decideReservations, type ReservationRequest, type ReservationState } from "./decide-reservations.ts";

const now = new Date("2028-07-01T10:00:00Z");
const later = new Date("2028-07-20T10:00:00Z");
const limits = { games: 30, competitionSession: 6, ceremony: 4 };

const offer = (id: string, persons: number, pools: readonly string[], other: Partial<OfferTerms> = {}): OfferTerms => ({
  id,
  kind: "group",
  persons,
  name: null,
  priceCents: 1000 * persons,
  state: "published",
  salesOpenAt: null,
  salesCloseAt: null,
  maxPerOrder: 30,
  entries: pools.map((seatPoolId) => ({
    seatPoolId,
    competitionSessionId: `session of ${seatPoolId}`,
    category: "A",
    ceremony: seatPoolId === "ceremony",
    scheduled: true,
    endsAt: later,
  })),
  ...other,
});

const offers = new Map(
  [
    offer("solo", 1, ["p1"]),
    offer("duo", 2, ["p1"]),
    offer("family", 4, ["p2"]),
    offer("package", 1, ["p1", "p2", "p3"]),
    offer("opening", 2, ["ceremony"]),
  ].map((one) => [one.id, one]),
);

const state = (other: Partial<ReservationState> = {}): ReservationState => ({
  now,
  limits,
  offers,
  left: new Map(["p1", "p2", "p3", "ceremony"].map((id): [string, number] => [id, 10])),
  seats: new Map(),
  granted: new Map(),
  ...other,
});

let made = 0;
const request = (
  lines: readonly (readonly [offerId: string, quantity: number])[],
  other: Partial<ReservationRequest> = {},
): ReservationRequest => {
  made += 1;
  return {
    accountId: `buyer ${made}`,
    idempotencyKey: `key ${made}`,
    bodyHash: JSON.stringify(lines),
    orderId: `order ${made}`,
    lines: lines.map(([offerId, quantity]) => ({
      offerId,
      quantity,
      unitPriceCents: offers.get(offerId)?.priceCents ?? 0,
    })),
    ...other,
  };
};

const decideOne = (one: ReservationRequest, other: Partial<ReservationState> = {}) =>
  decideReservations([one], state(other))[0];

describe("one wish", () => {
  test("takes the seats of all its lines, by pool", () => {
    const decision = decideOne(
      request([
        ["duo", 2],
        ["solo", 1],
        ["family", 1],
      ]),
    );
    expect(decision).toMatchObject({
      kind: "accepted",
      totalCents: 9000,
      pools: [
        { seatPoolId: "p1", seats: 5 },
        { seatPoolId: "p2", seats: 4 },
      ],
    });
  });

  test("is refused wholly when one line does not fit, and says which and how many are left", () => {
    const left = new Map([
      ["p1", 10],
      ["p2", 3],
    ]);
    expect(
      decideOne(
        request([
          ["solo", 1],
          ["family", 1],
        ]),
        { left },
      ),
    ).toEqual({
      kind: "refused",
      code: "sold_out",
      details: { offerId: "family", left: 3 },
    });
  });

  test.each([
    ["draft", { state: "draft" as const }, "offer_withdrawn"],
    ["withdrawn", { state: "withdrawn" as const }, "offer_withdrawn"],
    ["before its window", { salesOpenAt: later }, "offer_not_on_sale"],
    ["after its window", { salesCloseAt: now }, "offer_not_on_sale"],
    ["at another price", { priceCents: 1 }, "price_changed"],
    ["more than it may be bought at once", { maxPerOrder: 1 }, "limit_reached"],
  ])("is refused for an offer that is %s", (_, other, code) => {
    const changed = new Map([["solo", offer("solo", 1, ["p1"], other)]]);
    expect(decideOne(request([["solo", 2]]), { offers: changed })).toMatchObject({ kind: "refused", code });
  });

  test("counts what the account has already: a competition session, a ceremony, the Games", () => {
    const buyer = request([["solo", 2]], { accountId: "buyer" });
    const has = (sessions: Record<string, number>) => ({
      seats: new Map([["buyer", new Map(Object.entries(sessions))]]),
    });
    expect(decideOne(buyer, has({ "session of p1": 4 }))).toMatchObject({ kind: "accepted" });
    expect(decideOne(buyer, has({ "session of p1": 5 }))).toMatchObject({
      code: "limit_reached",
      details: { scope: "competition_session", limit: 6, has: 5 },
    });
    const opening = request([["opening", 1]], { accountId: "buyer" });
    expect(decideOne(opening, has({ "session of ceremony": 2 }))).toMatchObject({ kind: "accepted" });
    expect(decideOne(opening, has({ "session of ceremony": 3 }))).toMatchObject({
      code: "limit_reached",
      details: { scope: "ceremony", limit: 4 },
    });
    expect(decideOne(buyer, has({ other: 29 }))).toMatchObject({ code: "limit_reached", details: { scope: "games" } });
  });

  test("granted before is the same order again; with another body it is refused", () => {
    const again = request([["solo", 1]], { accountId: "buyer", idempotencyKey: "key", bodyHash: "same" });
    const granted = new Map([["buyer key", { bodyHash: "same", orderId: "first" }]]);
    expect(decideOne(again, { granted })).toEqual({ kind: "replayed", orderId: "first" });
    expect(decideOne({ ...again, bodyHash: "other" }, { granted })).toMatchObject({ code: "idempotency_key_reused" });
  });
});

describe("a batch", () => {
  const wish = fc.record({
    buyer: fc.integer({ min: 1, max: 6 }),
    key: fc.integer({ min: 1, max: 20 }),
    lines: fc.uniqueArray(
      fc.tuple(
        fc.constantFrom("solo", "duo", "family", "package", "opening", "unknown"),
        fc.integer({ min: 1, max: 3 }),
      ),
      { minLength: 1, maxLength: 4, selector: ([offerId]) => offerId },
    ),
  });
  const left = fc.record({
    p1: fc.integer({ min: 0, max: 12 }),
    p2: fc.integer({ min: 0, max: 12 }),
    p3: fc.integer({ min: 0, max: 12 }),
    ceremony: fc.integer({ min: 0, max: 12 }),
  });
  const requestsOf = (wishes: readonly (typeof wish extends fc.Arbitrary<infer T> ? T : never)[]) =>
    wishes.map(({ buyer, key, lines }, index) =>
      request(lines, { accountId: `${buyer}`, idempotencyKey: `${key}`, orderId: `order ${index}` }),
    );

  test("never takes more than is left, and never lets an account over a limit", () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), left, (wishes, seatsLeft) => {
        const decisions = decideReservations(requestsOf(wishes), state({ left: new Map(Object.entries(seatsLeft)) }));
        const taken = new Map<string, number>();
        const counts = new Map<string, number>();
        for (const decision of decisions) {
          if (decision.kind !== "accepted") continue;
          for (const { seatPoolId, seats } of decision.pools) {
            taken.set(seatPoolId, (taken.get(seatPoolId) ?? 0) + seats);
            const account = `${decision.request.accountId} ${seatPoolId}`;
            counts.set(account, (counts.get(account) ?? 0) + seats);
          }
        }
        for (const [pool, seats] of Object.entries(seatsLeft)) expect(taken.get(pool) ?? 0).toBeLessThanOrEqual(seats);
        for (const [account, seats] of counts) {
          expect(seats).toBeLessThanOrEqual(account.endsWith("ceremony") ? limits.ceremony : limits.competitionSession);
        }
      }),
    );
  });

  test("is decided in the order of arrival: what comes later changes nothing before it", () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 30 }), left, fc.nat(30), (wishes, seatsLeft, cut) => {
        const requests = requestsOf(wishes);
        const here = state({ left: new Map(Object.entries(seatsLeft)) });
        const all = decideReservations(requests, here);
        expect(decideReservations(requests.slice(0, cut), here)).toEqual(all.slice(0, cut));
      }),
    );
  });

  test("grants each key once: every other answer to it is the same order or a refusal", () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), left, (wishes, seatsLeft) => {
        const requests = requestsOf(wishes);
        const decisions = decideReservations(requests, state({ left: new Map(Object.entries(seatsLeft)) }));
        const accepted = new Map<string, string>();
        for (const [index, decision] of decisions.entries()) {
          const one = requests[index];
          if (one === undefined || decision.kind === "refused") continue;
          const key = `${one.accountId} ${one.idempotencyKey}`;
          if (decision.kind === "accepted") {
            expect(accepted.has(key)).toBe(false);
            accepted.set(key, decision.request.orderId);
          } else expect(decision.orderId).toBe(accepted.get(key));
        }
      }),
    );
  });
});
