import type { Reservation } from "@tessera/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits, offers, poolIds, request, state } from "../testing/reservation-world.ts";
import { decideReservations, type ReservationRequest, type ReservationState } from "./decide-reservations.ts";

describe("a batch", () => {
  const wish = fc.record({
    buyer: fc.integer({ min: 1, max: 6 }),
    key: fc.integer({ min: 1, max: 20 }),
    partial: fc.boolean(),
    lines: fc.uniqueArray(fc.tuple(fc.constantFrom(...offers.keys(), "unknown"), fc.integer({ min: 1, max: 7 })), {
      minLength: 1,
      maxLength: 4,
      selector: ([offerId]) => offerId,
    }),
  });
  const world = fc.record({
    wishes: fc.array(wish, { maxLength: 40 }),
    left: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: poolIds.length, maxLength: poolIds.length }),
  });
  type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
  const requestsOf = ({ wishes }: World): ReservationRequest[] =>
    wishes.map(({ buyer, key, lines, partial }, index) =>
      request(lines, {
        accountId: `${buyer}`,
        idempotencyKey: `${key}`,
        bodyHash: JSON.stringify([lines, partial]),
        orderId: `order ${index}`,
        partial,
      }),
    );
  const stateOf = ({ left }: World): ReservationState =>
    state({ left: new Map(poolIds.map((id, index) => [id, left[index] ?? 0])) });

  /** Seats by account (or all) and pool or competition session, counted from the answers by the offers' own terms. */
  function takenBy(decisions: ReturnType<typeof decideReservations>) {
    const seats = new Map<string, number>();
    const add = (key: string, more: number) => seats.set(key, (seats.get(key) ?? 0) + more);
    for (const decision of decisions) {
      if (decision.kind !== "accepted") continue;
      for (const { offerId, granted } of decision.answer.lines) {
        const { persons = 0, entries = [] } = offers.get(offerId) ?? {};
        for (const { seatPoolId, competitionSessionId } of entries) {
          add(seatPoolId, persons * granted);
          add(`${decision.request.accountId} ${competitionSessionId}`, persons * granted);
          add(`${decision.request.accountId} games`, persons * granted);
        }
      }
    }
    return seats;
  }
  const limitOf = (key: string): number => {
    if (key.endsWith("games")) return limits.games;
    return key.endsWith("ceremony") ? limits.ceremony : limits.competitionSession;
  };

  test("never takes more than is left, and never lets an account over a limit", () => {
    fc.assert(
      fc.property(world, (here) => {
        const seatsLeft = stateOf(here).left;
        const decisions = decideReservations(requestsOf(here), stateOf(here));
        for (const [key, seats] of takenBy(decisions)) {
          expect(seats).toBeLessThanOrEqual(seatsLeft.get(key) ?? limitOf(key));
        }
        // What is written is what was answered.
        const written = new Map<string, number>();
        for (const decision of decisions) {
          if (decision.kind !== "accepted") continue;
          for (const pool of decision.pools) {
            written.set(pool.seatPoolId, (written.get(pool.seatPoolId) ?? 0) + pool.seats);
          }
        }
        for (const id of poolIds) expect(written.get(id) ?? 0).toBe(takenBy(decisions).get(id) ?? 0);
      }),
    );
  });

  test("gives all or nothing without consent, and never nothing at all", () => {
    fc.assert(
      fc.property(world, (here) => {
        for (const decision of decideReservations(requestsOf(here), stateOf(here))) {
          if (decision.kind !== "accepted") continue;
          const { request: wanted, answer } = decision;
          expect(answer.lines.map(({ offerId, quantity }) => [offerId, quantity])).toEqual(
            wanted.lines.map(({ offerId, quantity }) => [offerId, quantity]),
          );
          expect(answer.lines.some(({ granted }) => granted > 0)).toBe(true);
          for (const { granted, quantity, refusal } of answer.lines) {
            expect(granted === quantity).toBe(refusal === null);
            if (!wanted.partial) expect(granted).toBe(quantity);
            expect(granted).toBeLessThanOrEqual(quantity);
          }
        }
      }),
    );
  });

  test("with consent leaves nothing that could be had: not one unit more of any line would fit", () => {
    fc.assert(
      fc.property(world, (here) => {
        const requests = requestsOf(here);
        const decisions = decideReservations(requests, stateOf(here));
        for (const [index, decision] of decisions.entries()) {
          if (decision.kind !== "accepted" || !decision.request.partial) continue;
          const seats = takenBy(decisions.slice(0, index + 1));
          for (const { offerId, granted, quantity } of decision.answer.lines) {
            const terms = offers.get(offerId);
            if (granted === quantity || terms?.state !== "published" || terms.salesCloseAt !== null) continue;
            const oneMore = takenBy([
              {
                ...decision,
                answer: { ...decision.answer, lines: [{ offerId, quantity, granted: 1, refusal: null }] },
              },
            ]);
            const fits = [...oneMore].every(
              ([key, more]) => (seats.get(key) ?? 0) + more <= (stateOf(here).left.get(key) ?? limitOf(key)),
            );
            expect(fits && granted < terms.maxPerOrder).toBe(false);
          }
        }
      }),
    );
  });

  test("is decided in the order of arrival: what comes later changes nothing before it", () => {
    fc.assert(
      fc.property(world, fc.nat(30), (here, cut) => {
        const requests = requestsOf(here);
        const all = decideReservations(requests, stateOf(here));
        expect(decideReservations(requests.slice(0, cut), stateOf(here))).toEqual(all.slice(0, cut));
      }),
    );
  });

  test("is decided as its parts are, one after the other, each on what the one before it left", () => {
    fc.assert(
      fc.property(world, fc.nat(30), (here, cut) => {
        const requests = requestsOf(here);
        const all = decideReservations(requests, stateOf(here));
        const first = decideReservations(requests.slice(0, cut), stateOf(here));
        const seats = takenBy(first);
        const granted: [string, { bodyHash: string; answer: Reservation }][] = [];
        const counts = new Map<string, Map<string, number>>();
        for (const decision of first) {
          if (decision.kind !== "accepted") continue;
          const { accountId, idempotencyKey, bodyHash } = decision.request;
          granted.push([`${accountId} ${idempotencyKey}`, { bodyHash, answer: decision.answer }]);
          const sessions = [...seats].filter(([key]) => key.startsWith(`${accountId} session`));
          counts.set(accountId, new Map(sessions.map(([key, count]) => [key.slice(accountId.length + 1), count])));
        }
        const rest = decideReservations(requests.slice(cut), {
          ...stateOf(here),
          left: new Map(poolIds.map((id) => [id, (stateOf(here).left.get(id) ?? 0) - (seats.get(id) ?? 0)])),
          seats: counts,
          granted: new Map(granted),
        });
        expect(rest).toEqual(all.slice(cut));
      }),
    );
  });

  test("grants each key once: every other answer to it is the same, or a refusal", () => {
    fc.assert(
      fc.property(world, (here) => {
        const requests = requestsOf(here);
        const accepted = new Map<string, Reservation>();
        for (const [index, decision] of decideReservations(requests, stateOf(here)).entries()) {
          const one = requests[index];
          if (one === undefined || decision.kind === "refused") continue;
          const key = `${one.accountId} ${one.idempotencyKey}`;
          if (decision.kind === "accepted") {
            expect(accepted.has(key)).toBe(false);
            accepted.set(key, decision.answer);
          } else expect(decision.answer).toBe(accepted.get(key));
        }
      }),
    );
  });
});
