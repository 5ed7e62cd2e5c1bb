import type { List } from "@tessera/contracts";
import { type ListRow, parseList, readCode, toBase64url, verifyCode } from "@tessera/pass";
import { expect, it } from "vitest";
import { decideHere } from "./decide-here.ts";
import { knowList, type KnownList } from "./known-list.ts";
import { device, iso, list, listed, listKey, nowMs } from "./testing/open-gate.ts";
import { signList } from "./testing/signed-lists.ts";

function listWith(compromised: boolean, ticket: Partial<ListRow>): KnownList {
  const issuerKeys = list.issuerKeys.map((key) => ({ ...key, compromised }));
  const tickets = [{ ...listed, ...ticket }];
  const signed: List = signList({ ...list, issuerKeys }, { tickets, key: listKey, answeredAt: iso(nowMs) });
  const read = parseList(signed.body);
  if (!read.ok) throw new Error(read.reason);
  return knowList(read.list, signed);
}

/** What a tablet says of the example's code by a list whose issuer key is, or is not, compromised. */
async function reasonBy(compromised: boolean, ticket: Partial<ListRow>): Promise<string> {
  const known = listWith(compromised, ticket);
  const { verdict } = await decideHere(device.text, { list: known, admissions: new Map(), nowMs, clockInDoubt: false });
  return verdict.reason;
}

it("counts for a pass that the list has, and for no other", async () => {
  const verified = await verifyCode(readCode(device.text), listWith(false, {}).issuerKeys, list.gamesId);
  if (!verified.ok) throw new Error("the vectors have changed");
  const beforeActivation = { epoch: listed.epoch - 1, nextTokenDigest: toBase64url(verified.tokenDigest) };
  expect(await reasonBy(false, {})).toBe("admitted");
  expect(await reasonBy(true, {})).toBe("admitted");
  expect(await reasonBy(false, beforeActivation)).toBe("admitted");
  expect(await reasonBy(true, beforeActivation)).toBe("unlisted_pass");
});
