import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { stopServer } from "./stop-server.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const forEver = new Promise<void>(() => undefined);

function log() {
  const lines: string[] = [];
  return { lines, logger: pino({}, { write: (line) => void lines.push(line) }) };
}

it("ends what works before the database that it works with", async () => {
  const { lines, logger } = log();
  const ended: string[] = [];
  const end = (part: string) => async (): Promise<void> => void ended.push(part);
  const running = {
    jobs: { stop: end("jobs") },
    apps: { close: end("apps") },
    listening: { close: end("requests") },
    database: { close: end("database") },
  };
  await stopServer(running, 8_000, logger);
  expect(ended.toSorted()).toEqual(["apps", "database", "jobs", "requests"]);
  expect(ended.at(-1)).toBe("database");
  expect(lines).toEqual([]);
});

it("leaves behind at the deadline whatever hangs, and says what it was", async () => {
  const { lines, logger } = log();
  const closeDatabase = vi.fn<() => Promise<void>>(() => forEver);
  const running = { jobs: { stop: () => forEver }, database: { close: closeDatabase } };
  const stopped = vi.fn<() => void>();
  void stopServer(running, 8_000, logger).then(stopped);
  await vi.advanceTimersByTimeAsync(7_999);
  expect(closeDatabase).toHaveBeenCalledTimes(1);
  expect(stopped).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(stopped).toHaveBeenCalledTimes(1);
  expect(lines).toEqual([expect.stringContaining("background work"), expect.stringContaining("database")]);
});

it("goes on when a part fails to end", async () => {
  const { lines, logger } = log();
  const close = vi.fn<() => Promise<void>>(async () => undefined);
  await stopServer({ jobs: { stop: () => Promise.reject(new Error("no luck")) }, database: { close } }, 8_000, logger);
  expect(close).toHaveBeenCalledTimes(1);
  expect(lines).toEqual([expect.stringContaining("no luck")]);
});
