import { expect, test } from "vitest";
import { tones, vibrations } from "./feedback.ts";

const signals = ["admit", "check", "refuse", "alarm"] as const;

/** What an ear tells apart without knowing notes: how many, how long in all, and which way they go. */
const heard = (signal: (typeof signals)[number]): string => {
  const [first, ...rest] = tones[signal];
  const last = rest.at(-1) ?? first;
  const way = Math.sign((rest[0]?.hertz ?? 0) - (first?.hertz ?? 0));
  return [tones[signal].length, Math.ceil(((last?.atMs ?? 0) + (last?.forMs ?? 0)) / 250), way].join(" ");
};

test("every signal is another one for closed eyes, and for a hand", () => {
  expect(new Set(signals.map(heard)).size).toBe(signals.length);
  const felt = signals.map((signal) => {
    const on = vibrations[signal].filter((_, index) => index % 2 === 0);
    return [on.length, on.reduce((sum, ms) => sum + ms, 0) > 200].join(" ");
  });
  expect(new Set(felt).size).toBe(signals.length);
});

test("a yes rises, a no is low, and none keeps the next person waiting", () => {
  const [low, high] = tones.admit;
  expect(high?.hertz).toBeGreaterThan(low?.hertz ?? Infinity);
  expect(Math.max(...tones.refuse.map(({ hertz }) => hertz))).toBeLessThan(250);
  for (const signal of ["admit", "check", "refuse"] as const) {
    expect(Math.max(...tones[signal].map(({ atMs, forMs }) => atMs + forMs))).toBeLessThan(700);
  }
});
