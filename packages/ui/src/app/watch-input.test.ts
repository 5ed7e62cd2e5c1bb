import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchInput } from "./watch-input.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each(["pointerdown", "keydown", "wheel", "touchmove"])("is idle a minute after the last %s", (kind) => {
  const page = new EventTarget();
  const isIdle = watchInput(page);
  vi.advanceTimersByTime(59_000);
  expect(isIdle()).toBe(false);
  page.dispatchEvent(new Event(kind));
  vi.advanceTimersByTime(59_000);
  expect(isIdle()).toBe(false);
  vi.advanceTimersByTime(2000);
  expect(isIdle()).toBe(true);
  page.dispatchEvent(new Event(kind));
  expect(isIdle()).toBe(false);
});
