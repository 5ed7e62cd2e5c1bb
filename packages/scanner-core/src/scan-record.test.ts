import { mostRecords, scanRecord, uploadInput } from "@tessera/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writtenCode } from "./scan-record.ts";
import { goodCode, nowMs, openKnownGate } from "./testing/known-gate.ts";
import { createMapStore } from "./testing/open-keeper.ts";

const naughty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 3000 }),
  // A code of signs that JSON writes with six each.
  fc.string({
    unit: fc.constantFrom("\u0000", "\u0001", "\u001f", "\ud800", '"', "\\"),
    minLength: 900,
    maxLength: 3000,
  }),
);

test("whatever a code says, its record has room for it, and one of ours is written to the letter", async () => {
  expect(writtenCode(goodCode)).toBe(goodCode);
  await fc.assert(
    fc.asyncProperty(naughty, async (code) => {
      const gate = await openKnownGate(createMapStore());
      expect(await gate.scanner.scan(code, "camera")).toMatchObject({ outcome: "refuse", reason: "malformed" });
      const [record] = gate.journal.waiting(1);
      expect(scanRecord.safeParse(record).success).toBe(true);
      const body = JSON.stringify(record);
      const records = Array.from({ length: mostRecords }, () => ({ body, signature: "" }));
      expect(uploadInput.safeParse({ records }).success).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test.each([-10, 10])(
  "a clock that is %i minutes off, and that nobody vouches for, refuses no code",
  async (minutes) => {
    const gate = await openKnownGate(createMapStore(), { unheardOffMs: minutes * 60_000 });
    for (let miss = 0; miss < 3; miss += 1) gate.contact.missed();
    expect(await gate.scanner.scan(goodCode, "wedge")).toMatchObject({ outcome: "check", reason: "stale_code" });
    expect(gate.journal.waiting(1)).toMatchObject([
      { clockInDoubt: true, at: new Date(nowMs + minutes * 60_000).toISOString() },
    ]);
    expect(await gate.scanner.decide(1, true)).toBe(true);
    // It was a person's word and no proof: the next good code is looked at, not refused.
    expect(gate.journal.passagesOf(gate.questions[0]?.ticketId ?? "")).toEqual([]);
    expect(await gate.scanner.scan(goodCode, "wedge")).toMatchObject({ outcome: "check" });
  },
);
