import type { List } from "@tessera/contracts";
import { readCode, toBase64url, verifyCode } from "@tessera/pass";
import { expect, it } from "vitest";
import { decideHere } from "./decide-here.ts";
import { readList } from "./known-list.ts";
import { device, list, listed, nowMs } from "./testing/open-gate.ts";

/** What a tablet says of the example's code by a list whose issuer key is, or is not, compromised. */
async function reasonBy(compromised: boolean, ticket: Partial<List["tickets"][number]>): Promise<string> {
  const issuerKeys = list.issuerKeys.map((key) => ({ ...key, compromised }));
  const known = readList({ ...list, issuerKeys, tickets: [{ ...listed, ...ticket }] });
  const { verdict } = await decideHere(device.text, { list: known, admissions: new Map(), nowMs, clockInDoubt: false });
  return verdict.reason;
}

it("counts for a pass that the list has, and for no other", async () => {
  const verified = await verifyCode(readCode(device.text), readList(list).issuerKeys, list.gamesId);
  if (!verified.ok) throw new Error("the vectors have changed");
  const beforeActivation = { epoch: listed.epoch - 1, nextTokenDigest: toBase64url(verified.tokenDigest) };
  expect(await reasonBy(false, {})).toBe("admitted");
  expect(await reasonBy(true, {})).toBe("admitted");
  expect(await reasonBy(false, beforeActivation)).toBe("admitted");
  expect(await reasonBy(true, beforeActivation)).toBe("unlisted_pass");
});
