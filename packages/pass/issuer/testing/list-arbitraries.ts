import fc from "fast-check";
import { toBase64url } from "../../src/bytes.ts";
import type { ListHead, ListPlace, ListRow } from "../../src/list.ts";
import { exampleHead } from "./example-list.ts";

const base64urlOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(toBase64url);
const place = (count: number) => fc.nat(count - 1);
const entry = fc.tuple(fc.nat(2 ** 41), place(exampleHead.gates.length), fc.boolean());
const passage = fc
  .tuple(entry, fc.constantFrom("in" as const, "out" as const))
  .map(([[atMs, gate, byHand], direction]) => [atMs, gate, byHand, direction] as const);
const reference = fc.string({
  unit: fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ".split("")),
  minLength: 10,
  maxLength: 10,
});
const row: fc.Arbitrary<ListRow> = fc.record({
  id: base64urlOf(16),
  state: fc.constantFrom("good", "revoked", "blocked"),
  epoch: fc.nat(65_535),
  zone: fc.nat(255),
  category: fc.constantFrom("A", "B", "C", "D", "E"),
  holderName: fc.string({ unit: "binary" }),
  offer: place(exampleHead.offers.length),
  passDigest: fc.option(base64urlOf(12)),
  nextTokenDigest: base64urlOf(12),
  reference,
  order: reference,
  firstEntry: fc.option(entry),
  lastPassage: fc.option(passage),
});
/** The tickets of one part, each once. */
export const anyRows = fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 20 });
const head: fc.Arbitrary<ListHead> = fc
  .record({
    number: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    madeAt: fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
    policy: fc.record({
      reentry: fc.constantFrom("never", "after_exit"),
      offlineAdmission: fc.constantFrom("any", "home_gate"),
      maxAgeSeconds: fc.nat(),
      listTooOld: fc.constantFrom("check", "refuse"),
    }),
    issuerKeys: fc.array(fc.record({ id: fc.nat(255), publicKey: base64urlOf(32), compromised: fc.boolean() })),
    listKeys: fc.array(fc.record({ id: fc.nat(255), publicKey: base64urlOf(32) }), { minLength: 1 }),
  })
  .map((changes) => ({ ...exampleHead, ...changes }));
const placeOf = ({ number }: ListHead): fc.Arbitrary<ListPlace> =>
  fc
    .record({
      cursor: fc.string(),
      more: fc.boolean(),
      start: fc.oneof(
        fc.record({ since: fc.string(), page: fc.constant(null) }),
        fc.constant({ since: null, page: { first: number, index: 0, after: null } }),
        fc
          .record({ first: fc.nat(number - 1), index: fc.integer({ min: 1, max: 1000 }), after: base64urlOf(16) })
          .map((page) => ({ since: null, page })),
      ),
    })
    .map(({ start, ...rest }) => ({ ...start, ...rest }));
/** What a part says of itself, its tickets, and where it belongs. */
export const anyPart = head.chain((wanted) => fc.tuple(fc.constant(wanted), anyRows, placeOf(wanted)));
