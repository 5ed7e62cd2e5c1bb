import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { offers, poolIds, request, state } from "../testing/reservation-world.ts";
import { decideReservations } from "./decide-reservations.ts";
import { createSeatsSeen } from "./seats-seen.ts";

const { now } = state();
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const seen = (left: Record<string, number>) => {
  const seats = createSeatsSeen();
  seats.note(new Map(Object.entries(left)), now);
  return seats;
};

describe("what a node has seen of the seats", () => {
  test("is believed for a second, and not at all when the clock is set back", () => {
    const seats = seen({ p1: 1 });
    const refused = { code: "sold_out", details: { offerId: "duo", left: 1 } };
    expect(seats.refusal(request([["duo", 1]]), offers, after(999))).toEqual(refused);
    expect(seats.refusal(request([["duo", 1]]), offers, after(1000))).toBeUndefined();
    expect(seats.refusal(request([["duo", 1]]), offers, after(-1))).toBeUndefined();
  });

  test("refuses with consent only what is wholly in vain", () => {
    const seats = seen({ p1: 1 });
    const wish = (...lines: [string, number][]) => request(lines, { partial: true });
    expect(seats.refusal(wish(["solo", 2]), offers, now)).toBeUndefined();
    expect(seats.refusal(wish(["duo", 1], ["family", 1]), offers, now)).toBeUndefined();
    expect(seats.refusal(wish(["duo", 1]), offers, now)).toMatchObject({ code: "sold_out" });
  });

  test("says nothing of what it has not seen, nor where another reason would come first", () => {
    const seats = seen({ p1: 0 });
    const wrongPrice = [{ offerId: "solo", quantity: 1, unitPriceCents: 1 }];
    expect(seats.refusal(request([["family", 1]]), offers, now)).toBeUndefined();
    expect(seats.refusal(request([["unknown", 1]]), offers, now)).toBeUndefined();
    expect(seats.refusal(request([["withdrawn", 1]]), offers, now)).toBeUndefined();
    expect(seats.refusal({ lines: wrongPrice, partial: false }, offers, now)).toBeUndefined();
  });

  test("is what the database would say of a wish that no limit of its account stops", () => {
    const endless = { games: 1000, competitionSession: 1000, ceremony: 1000 };
    const line = fc.tuple(fc.constantFrom(...offers.keys()), fc.integer({ min: 1, max: 7 }));
    const pool = fc.integer({ min: 0, max: 6 });
    let refusals = 0;
    fc.assert(
      fc.property(line, fc.boolean(), fc.array(pool, { minLength: 5, maxLength: 5 }), (one, partial, levels) => {
        const left = new Map(poolIds.map((id, index) => [id, levels[index] ?? 0]));
        const wish = request([one], { partial });
        const seats = createSeatsSeen();
        seats.note(left, now);
        const refusal = seats.refusal(wish, offers, now);
        if (refusal === undefined) return;
        refusals += 1;
        expect(decideReservations([wish], state({ left, limits: endless }))).toEqual([{ kind: "refused", ...refusal }]);
      }),
      { numRuns: 500 },
    );
    expect(refusals).toBeGreaterThan(20);
  });
});
