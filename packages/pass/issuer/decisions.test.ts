import { reasonCodes } from "@tessera/contracts";
import { expect, test } from "vitest";
import { readCode } from "../src/code.ts";
import { decide } from "../src/decide.ts";
import type { GatePolicy, Known, ListEntry, Verdict } from "../src/policy.ts";
import { verifyCode } from "../src/verify.ts";
import bad from "../vectors/bad.json" with { type: "json" };
import decisions from "../vectors/decisions.json" with { type: "json" };
import good from "../vectors/good.json" with { type: "json" };
import { fromHex } from "./testing/example.ts";

type HexEntry = Omit<ListEntry, "passDigest" | "nextTokenDigest"> & {
  readonly passDigest: string | null;
  readonly nextTokenDigest: string;
};
type Decision = {
  readonly name: string;
  readonly code: string;
  readonly issuerCompromised: boolean;
  readonly entry: HexEntry | null;
  readonly policy: GatePolicy;
  readonly known: Omit<Known, "entry">;
  readonly nowMs: number;
  readonly verdict: Verdict;
};

const texts = new Map([...good.codes, ...bad.codes].map(({ name, text }) => [name, text]));
const cases = decisions.cases as readonly Decision[];

test.each(cases)("$name: $verdict.outcome, $verdict.reason", async (vector) => {
  const publicKey = fromHex(good.keys.issuerPublicKey);
  const keys = new Map([[1, { publicKey, compromised: vector.issuerCompromised }]]);
  const verified = await verifyCode(readCode(texts.get(vector.code) ?? ""), keys, good.keys.gamesId);
  const { entry, policy, known, nowMs, verdict } = vector;
  const listed = entry && {
    ...entry,
    passDigest: entry.passDigest === null ? null : fromHex(entry.passDigest),
    nextTokenDigest: fromHex(entry.nextTokenDigest),
  };
  expect(decide(verified, policy, { ...known, entry: listed }, nowMs)).toEqual(verdict);
});

test("there is a vector for every reason that decide gives", () => {
  const given = new Set<string>(cases.map(({ verdict }) => verdict.reason));
  expect(reasonCodes.filter((reason) => !given.has(reason))).toEqual(["bad_seal"]);
});
