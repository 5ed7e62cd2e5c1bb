import type { ScanInput, Verdict } from "@tessera/contracts";
import { expect, test, vi } from "vitest";
import { admit, alreadyIn, device, gate, openGate, sent, shown, unreachable } from "./testing/open-gate.ts";

const secondTime: Verdict = { ...alreadyIn, first: { at: admit.decidedAt, gate } };

/** A server that keeps to what it decided for a nonce, and of which answers get lost. */
function losingServer() {
  const decided = new Map<string, Verdict>();
  const line = { lost: true };
  const answer = async ({ nonce }: ScanInput): Promise<Verdict> => {
    const verdict = decided.get(nonce) ?? (decided.size === 0 ? admit : secondTime);
    decided.set(nonce, verdict);
    if (line.lost) throw new Error("the answer was lost");
    return verdict;
  };
  return { line, answer };
}

test("an admission whose answer was lost is a yes as long as its scan is on the screen", async () => {
  const { line, answer } = losingServer();
  const { scanner, clock, send } = await openGate({ answer });
  scanner.see(device.text);
  await shown(scanner, "unconfirmed");
  line.lost = false;
  clock.advance(1000);
  expect(await shown(scanner)).toMatchObject({ outcome: "admit", first: null });
  expect(sent(send)).toEqual(["nonce-1", "nonce-1"]);
});

test("once that scan was put aside, a phone that is passed back is a check with the first time and gate", async () => {
  const { line, answer } = losingServer();
  const { scanner, clock, send, written } = await openGate({ answer });
  const outcomes = new Set<string | undefined>();
  scanner.subscribe(() => {
    const { scan } = scanner.state();
    outcomes.add(scan === null || scan.status === "asking" ? undefined : scan.verdict.outcome);
  });
  scanner.see(device.text);
  await shown(scanner, "unconfirmed");
  scanner.next();
  line.lost = false;
  clock.advance(5000);
  scanner.see(device.text);
  expect(await shown(scanner)).toMatchObject({
    outcome: "check",
    reason: "already_admitted",
    ticket: { reference: "TSR-7K2M-9P" },
    first: { at: admit.decidedAt, gate },
  });
  await vi.waitFor(() => expect(sent(send)).toEqual(["nonce-1", "nonce-1", "nonce-2"]));
  expect(written).toEqual([41]);

  scanner.next();
  scanner.read(device.text);
  expect(await shown(scanner)).toMatchObject({ outcome: "refuse", first: { at: admit.decidedAt, gate } });
  expect(outcomes).not.toContain("admit");
});

test("the check says what else the tablet found wrong", async () => {
  const { line, answer } = losingServer();
  const { scanner } = await openGate({ tickets: [], answer });
  scanner.read(device.text);
  await shown(scanner, "unconfirmed");
  line.lost = false;
  scanner.read(device.text);
  expect(await shown(scanner)).toMatchObject({ outcome: "check", alsoFailed: ["unknown_ticket"] });
});

test("two answers to one admission, one of them late, count it once", async () => {
  const late = Promise.withResolvers<Verdict>();
  const { scanner, clock, send, written } = await openGate({
    answer: () => (send.mock.calls.length === 1 ? unreachable() : late.promise),
  });
  scanner.see(device.text);
  await shown(scanner, "unconfirmed");
  clock.advance(1000);
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  scanner.next();
  scanner.read(device.text);
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(3));
  late.resolve(admit);
  expect(await shown(scanner)).toMatchObject({ outcome: "check", reason: "already_admitted" });
  expect(written).toEqual([41]);
});
