import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { CodedError } from "../../errors.ts";
import { solveProof } from "../../testing/index.ts";
import { memoryLimitStore } from "./limit-store.ts";
import { createProofOfWork } from "./proof-of-work.ts";

const key = randomBytes(32).toString("hex");
const store = memoryLimitStore();
const node = createProofOfWork(store, () => key);
const otherNode = createProofOfWork(store, () => key);
const stranger = createProofOfWork(store, () => randomBytes(32).toString("hex"));

const solve = (challenge: string) => solveProof(new CodedError("proof_of_work_required", { challenge }));

it("is accepted by every node that has the key, once, and by no other", async () => {
  const work = { bound: "password of somebody", level: 1 };
  const proof = await solve(await node.ask(work));
  expect(await stranger.accept(proof, work)).toBe(false);
  expect(await otherNode.accept(proof, work)).toBe(true);
  expect(await node.accept(proof, work)).toBe(false);
});

it("is good for what it was asked for, and for a level that others have raised by one meanwhile", async () => {
  const work = { bound: "password of somebody", level: 1 };
  const proof = await solve(await node.ask(work));
  expect(await node.accept(proof, { ...work, bound: "password of somebody else" })).toBe(false);
  expect(await node.accept(proof, { ...work, level: 3 })).toBe(false);
  expect(await node.accept(proof, { ...work, level: 2 })).toBe(true);
});

it("is not accepted with another level or another time than the server signed", async () => {
  const work = { bound: "password of somebody", level: 3 };
  const easy = Buffer.from(await solve(await node.ask({ ...work, level: 1 })), "base64").toString();
  for (const [said, forged] of [
    ['"level":1', '"level":3'],
    [/"expiresAt":\d+/, '"expiresAt":9999999999'],
  ] as const) {
    expect(easy).toMatch(said);
    const proof = Buffer.from(easy.replace(said, forged)).toString("base64");
    expect(await node.accept(proof, { ...work, level: 1 })).toBe(false);
  }
});

it("takes twice the keys at each level", async () => {
  const counterOf = async (level: number): Promise<number> => {
    const proof = await solve(await node.ask({ bound: "anything", level }));
    const { solution } = JSON.parse(Buffer.from(proof, "base64").toString()) as { solution: { counter: number } };
    return solution.counter;
  };
  const [one, two, three] = [await counterOf(1), await counterOf(2), await counterOf(3)];
  for (const [counter, least] of [
    [one, 200],
    [two, 400],
    [three, 800],
  ] as const) {
    expect(counter).toBeGreaterThanOrEqual(least);
    expect(counter).toBeLessThanOrEqual(least * 2);
  }
});
