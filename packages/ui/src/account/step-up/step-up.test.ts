import { expect, test, vi } from "vitest";
import { createStepUp } from "./step-up.ts";

test("all who ask meanwhile get the one answer", async () => {
  const stepUp = createStepUp();
  const answers = [stepUp.ask(), stepUp.ask()];
  stepUp.answer(true);
  await expect(Promise.all(answers)).resolves.toEqual([true, true]);
});

test("who asks afterwards asks anew", async () => {
  const stepUp = createStepUp();
  const first = stepUp.ask();
  stepUp.answer(false);
  const second = stepUp.ask();
  stepUp.answer(true);
  await expect(Promise.all([first, second])).resolves.toEqual([false, true]);
});

test("the screen learns of a question and of its end", () => {
  const stepUp = createStepUp();
  const seen: boolean[] = [];
  const stop = stepUp.subscribe(() => seen.push(stepUp.isAsked()));
  void stepUp.ask();
  void stepUp.ask();
  stepUp.answer(true);
  stop();
  void stepUp.ask();
  expect(seen).toEqual([true, false]);
});

test("an answer that nobody waits for is none", () => {
  const stepUp = createStepUp();
  const watch = vi.fn<() => void>();
  stepUp.answer(true);
  stepUp.subscribe(watch);
  expect(stepUp.isAsked()).toBe(false);
});
