import type { ShownScan } from "@tessera/scanner-core";
import { expect, test } from "vitest";
import { conclusionOf, faceOf } from "./conclusion.ts";

const admitted = { admit: true, override: false };
const overridden = { admit: true, override: true };
const sentAway = { admit: false, override: false };

test.each<[ShownScan["outcome"], ShownScan["decision"], ReturnType<typeof conclusionOf>, ShownScan["outcome"]]>([
  ["admit", null, "through", "admit"],
  ["check", null, "undecided", "check"],
  ["refuse", null, "refused", "refuse"],
  ["check", admitted, "let_through", "admit"],
  ["check", sentAway, "sent_away", "refuse"],
  ["refuse", overridden, "overridden", "admit"],
  // A supervisor may also send away whom the screen lets in.
  ["admit", { admit: false, override: true }, "sent_away", "refuse"],
])("%s, then %o, is %s, with the face of %s", (outcome, decision, conclusion, face) => {
  expect(conclusionOf({ outcome, decision })).toBe(conclusion);
  expect(faceOf({ outcome, decision })).toBe(face);
});
