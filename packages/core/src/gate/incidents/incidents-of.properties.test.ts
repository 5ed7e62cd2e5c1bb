import { outcomes } from "@tessera/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findings } from "../scans/went-through.ts";
import { clockIncidentOf, incidentsOf } from "./incidents-of.ts";
import { passagesOf, type TicketFacts, type TicketScan } from "./ticket-facts.ts";

const startMs = Date.parse("2028-07-20T15:30:00Z");
const startSlot = startMs / 15_000;
const outcome = fc.option(fc.constantFrom(...outcomes));
const moment = fc.integer({ min: 0, max: 40 }).map((halves) => startMs + halves * 30_000);

/** Scans of one ticket at three tablets and gates, of a few codes and epochs. */
const scan: fc.Arbitrary<TicketScan> = fc.record({
  id: fc.uuid(),
  scannerId: fc.constantFrom("one", "two", "three"),
  gateId: fc.constantFrom("A", "B"),
  direction: fc.constantFrom("in" as const, "out" as const),
  scannedAtMs: moment,
  askedAtMs: fc.option(moment),
  codeSha256: fc.option(fc.constantFrom("c1", "c2")),
  slot: fc.option(fc.integer({ min: startSlot, max: startSlot + 80 })),
  passEpoch: fc.option(fc.integer({ min: 1, max: 3 })),
  answered: outcome,
  uploaded: fc.boolean(),
  shown: outcome,
  finding: fc.option(fc.constantFrom(...findings)),
  decision: fc.option(fc.record({ admit: fc.boolean(), override: fc.boolean(), allowed: fc.boolean() })),
});

const facts: fc.Arbitrary<TicketFacts> = fc.record({
  ticketId: fc.constant("ticket"),
  reentry: fc.constantFrom("never" as const, "after_exit" as const),
  epochs: fc.array(fc.record({ epoch: fc.integer({ min: 0, max: 3 }), fromMs: moment }), { maxLength: 4 }),
  barred: fc.array(fc.record({ fromMs: moment, untilMs: moment }), { maxLength: 2 }),
  scans: fc.uniqueArray(scan, { selector: ({ id }) => id, maxLength: 8 }),
});

const sorted = (
  found: readonly { readonly kind: string; readonly about: string; readonly scanIds: readonly string[] }[],
) => found.map((one) => JSON.stringify({ ...one, scanIds: one.scanIds.toSorted() })).toSorted();

test("whatever comes in whichever order gives the same passages and incidents", () => {
  fc.assert(
    fc.property(facts, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (known, order) => {
      const places = new Map(known.scans.map((one, place) => [one.id, order[place] ?? 0]));
      const placeOf = ({ id }: TicketScan) => places.get(id) ?? 0;
      const shuffled = { ...known, scans: known.scans.toSorted((a, b) => placeOf(a) - placeOf(b)) };
      expect(sorted(incidentsOf(shuffled))).toEqual(sorted(incidentsOf(known)));
      const ids = (of: TicketFacts) => passagesOf(of).map((passage) => JSON.stringify(passage));
      expect(ids(shuffled).toSorted()).toEqual(ids(known).toSorted());
    }),
  );
});

test("each entry of a ticket is the only one, or there is an incident, or a supervisor wrote down why", () => {
  fc.assert(
    fc.property(facts, (known) => {
      const entries = passagesOf(known).filter(({ direction }) => direction === "in");
      const overrides = known.scans.filter(({ decision }) => decision?.override === true).length;
      const kinds = incidentsOf(known).map(({ kind }) => kind);
      if (known.reentry === "never" && entries.length > 1 + overrides) expect(kinds).toContain("admitted_twice");
      if (entries.length < 2) expect(kinds).not.toContain("admitted_twice");
    }),
  );
});

test("nobody who went in, as the tablet says, is without a passage and without an incident", () => {
  fc.assert(
    fc.property(facts, (known) => {
      const passages = new Set(passagesOf(known).map(({ scanId }) => scanId));
      const unknown = new Set(
        incidentsOf(known).flatMap(({ kind, scanIds }) => (kind === "unknown_admitted" ? scanIds : [])),
      );
      for (const { id, direction, uploaded, shown, decision } of known.scans) {
        const wentIn = direction === "in" && uploaded && (decision?.admit ?? shown === "admit");
        expect(passages.has(id) && unknown.has(id)).toBe(false);
        if (wentIn) expect(passages.has(id) || unknown.has(id)).toBe(true);
      }
    }),
  );
});

test("by a code that proves nothing only a person lets in, and then by hand", () => {
  fc.assert(
    fc.property(facts, (known) => {
      const byId = new Map(known.scans.map((one) => [one.id, one]));
      for (const { scanId, byHand } of passagesOf(known)) {
        const { finding, decision } = byId.get(scanId) ?? { finding: null, decision: null };
        if (finding !== "good") expect([byHand, decision?.admit]).toEqual([true, true]);
        if (decision?.override === true) expect([byHand, decision.allowed]).toEqual([true, true]);
      }
    }),
  );
});

const odd = fc.record({
  id: fc.uuid(),
  number: fc.integer({ min: 1, max: 500 }),
  ticketId: fc.option(fc.constantFrom("a", "b", "c", "d")),
  scannedAtMs: moment,
  receivedAtMs: moment,
  slot: fc.option(fc.integer({ min: startSlot, max: startSlot + 80 })),
  accepted: fc.boolean(),
});

test("a tablet's clock is judged the same in any order", () => {
  fc.assert(
    fc.property(fc.uniqueArray(odd, { selector: ({ number }) => number, maxLength: 8 }), (scans) => {
      expect(clockIncidentOf("one", scans.toReversed())).toEqual(clockIncidentOf("one", scans));
    }),
  );
});
