import type { Verdict } from "@tessera/contracts";
import { makeCode } from "@tessera/pass";
import { expect, test, vi } from "vitest";
import {
  admit,
  alreadyIn,
  base64url,
  bytes,
  competitionSession,
  device,
  enteredElsewhere,
  gate,
  good,
  iso,
  listed,
  never,
  nowMs,
  openGate,
  otherGate,
  paper,
  sent,
  shown,
  unreachable,
} from "./testing/open-gate.ts";

test("a yes is the server's, with what it knows of the ticket", async () => {
  const { scanner, send, written } = await openGate();
  scanner.see(device.text);
  expect(await shown(scanner)).toMatchObject({ outcome: "admit", ticket: { reference: "TSR-7K2M-9P" } });
  expect(send.mock.calls[0]?.[0]).toEqual({
    competitionSessionId: competitionSession.id,
    gateId: gate.id,
    code: device.text,
    nonce: "nonce-1",
    scannedAt: iso(nowMs),
  });
  expect(scanner.state().admitted).toBe(41);
  expect(written).toEqual([41]);
});

test("a no is the tablet's, at once, and the server's details come after", async () => {
  const answer = Promise.withResolvers<Verdict>();
  const admitted = { at: iso(nowMs - 60_000), gate: otherGate };
  const { scanner, send } = await openGate({
    tickets: [{ ...listed, ...enteredElsewhere }],
    answer: () => answer.promise,
  });
  scanner.see(device.text);
  expect(await shown(scanner)).toMatchObject({ outcome: "refuse", reason: "already_admitted", first: admitted });
  expect(send).toHaveBeenCalledTimes(1);
  answer.resolve(alreadyIn);
  await vi.waitFor(() =>
    expect(scanner.state().scan).toMatchObject({ verdict: { ticket: { reference: "TSR-7K2M-9P" } } }),
  );
});

test("a code that is not ours is refused without the network, and one too long is not even sent", async () => {
  const { scanner, send } = await openGate({ answer: unreachable });
  scanner.see("https://tickets.example/TSR1");
  expect(await shown(scanner)).toMatchObject({ outcome: "refuse", reason: "malformed", ticket: null });
  await vi.waitFor(() => expect(scanner.state().connected).toBe(false));
  scanner.read("x".repeat(4000));
  await vi.waitFor(() => expect(scanner.state().scan?.nonce).toBe("nonce-2"));
  expect(sent(send)).toEqual(["nonce-1"]);
});

test("a don't-know asks the server, believes it and fetches a newer list", async () => {
  const wrong: Verdict = {
    ...admit,
    outcome: "refuse",
    reason: "wrong_competition_session",
    decidedAt: iso(nowMs + 6000),
  };
  const { scanner, clock, fetchList } = await openGate({ tickets: [], answer: async () => wrong });
  clock.advance(6000);
  scanner.see(device.text);
  expect(await shown(scanner)).toMatchObject({ outcome: "refuse", reason: "wrong_competition_session" });
  expect(fetchList).toHaveBeenCalledTimes(2);
});

test("without an answer it is a check, unconfirmed, and the same scan is tried again until it is answered", async () => {
  let reachable = false;
  const { scanner, clock, send } = await openGate({ answer: () => (reachable ? Promise.resolve(admit) : never()) });
  scanner.see(device.text);
  await vi.waitFor(() => expect(scanner.state().scan?.status).toBe("asking"));
  clock.advance(3000);
  expect(await shown(scanner, "unconfirmed")).toMatchObject({ outcome: "check", reason: "admitted" });
  expect(scanner.state()).toMatchObject({ connected: false, admitted: 40 });
  reachable = true;
  clock.advance(1000);
  expect(await shown(scanner)).toMatchObject({ outcome: "admit" });
  expect(sent(send)).toEqual(["nonce-1", "nonce-1"]);
});

test("it stops trying by itself, and a person asks again", async () => {
  const { scanner, clock, send } = await openGate({ answer: unreachable });
  scanner.see(device.text);
  await shown(scanner, "unconfirmed");
  await vi.waitFor(() => {
    clock.advance(1000);
    expect(scanner.state().scan).toMatchObject({ trying: false });
  });
  const tries = send.mock.calls.length;
  scanner.retry();
  clock.advance(1);
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(tries + 1));
  expect(new Set(sent(send))).toEqual(new Set(["nonce-1"]));
});

test("a no that the server contradicts becomes a person's turn, never a silent yes", async () => {
  const { scanner } = await openGate({ tickets: [{ ...listed, state: "blocked" }] });
  scanner.see(device.text);
  expect(await shown(scanner, "contradicted")).toMatchObject({ outcome: "check", reason: "blocked" });
});

test("paper that was used before says so", async () => {
  const admitted = { at: iso(nowMs - 60_000), gate: otherGate };
  const used = { ...listed, passDigest: base64url(paper.passDigest), ...enteredElsewhere };
  const { scanner, clock } = await openGate({ tickets: [used], answer: never });
  scanner.read(paper.text);
  await vi.waitFor(() => expect(scanner.state().scan?.status).toBe("asking"));
  clock.advance(3000);
  expect(await shown(scanner, "unconfirmed")).toMatchObject({
    outcome: "check",
    reason: "paper",
    alsoFailed: ["already_admitted"],
    first: admitted,
  });
});

test("a phone that is held changes its code and is still one scan; presented again it is a second one", async () => {
  const answers = [admit, { ...alreadyIn, first: { at: admit.decidedAt, gate } }];
  const { scanner, clock, send } = await openGate({ answer: async () => answers[send.mock.calls.length - 1] ?? admit });
  const seed = Buffer.concat([bytes("302e020100300506032b657004220420"), bytes(good.keys.deviceSeed)]);
  const key = await crypto.subtle.importKey("pkcs8", seed, "Ed25519", false, ["sign"]);
  const laterCode = await makeCode(bytes(device.pass), Math.floor((nowMs + 15_000) / 15_000), key);
  scanner.see(device.text);
  await shown(scanner);
  for (let frame = 0; frame < 150; frame += 1) {
    clock.advance(100);
    scanner.see(frame < 75 ? device.text : laterCode);
  }
  expect(send).toHaveBeenCalledTimes(1);

  clock.advance(2500);
  scanner.see(laterCode);
  await vi.waitFor(() => expect(scanner.state().scan?.nonce).toBe("nonce-2"));
  expect(await shown(scanner)).toMatchObject({
    outcome: "refuse",
    reason: "already_admitted",
    first: { at: admit.decidedAt, gate },
  });
});

test("the next phone in view waits until the verdict was seen", async () => {
  const { scanner, clock } = await openGate();
  scanner.see(device.text);
  await shown(scanner);
  scanner.see("another code");
  expect(scanner.state().scan?.nonce).toBe("nonce-1");
  clock.advance(700);
  scanner.see("another code");
  await vi.waitFor(() => expect(scanner.state().scan?.nonce).toBe("nonce-2"));
});

test("what is read while another scan is asked waits for its turn", async () => {
  const answer = Promise.withResolvers<Verdict>();
  const { scanner } = await openGate({ answer: ({ code }) => (code === device.text ? answer.promise : never()) });
  const nonces: (string | undefined)[] = [];
  scanner.subscribe(() => nonces.push(scanner.state().scan?.nonce));
  scanner.read(device.text);
  scanner.read("another code");
  await vi.waitFor(() => expect(scanner.state().scan?.status).toBe("asking"));
  answer.resolve(admit);
  await vi.waitFor(() => expect(scanner.state().scan).toMatchObject({ nonce: "nonce-2", status: "decided" }));
  expect([...new Set(nonces)]).toEqual(["nonce-1", "nonce-2"]);
});

test("a doubtful clock asks instead of refusing", async () => {
  const { scanner, clock } = await openGate();
  clock.setWall(300_000);
  scanner.see(device.text);
  expect(await shown(scanner)).toMatchObject({ outcome: "admit" });
});

test("lists are fetched again, until the gate is left", async () => {
  const { scanner, clock, fetchList, sign } = await openGate();
  for (const number of [1001, 1002]) {
    const madeAtMs = nowMs + (number - 1000) * 60_000;
    fetchList.mockImplementationOnce(async () => sign({ madeAt: iso(madeAtMs), number }));
    clock.advance(60_000);
    await vi.waitFor(() => expect(scanner.state()).toMatchObject({ listMadeAtMs: madeAtMs, listNumber: number }));
  }
  scanner.close();
  clock.advance(600_000);
  expect(fetchList).toHaveBeenCalledTimes(3);
});
