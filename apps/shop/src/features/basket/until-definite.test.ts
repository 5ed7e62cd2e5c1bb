import type { AppRouter } from "@tessera/client";
import type { ErrorCode, ErrorDetails } from "@tessera/contracts";
import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { pauseMs, untilDefinite } from "./until-definite.ts";

function refusal(errorCode: ErrorCode, details: ErrorDetails = {}): Error {
  const data = { errorCode, details, requestId: "r", fields: [], httpStatus: 409 };
  return new TRPCClientError<AppRouter>(errorCode, {
    result: { error: { message: errorCode, code: -32603, data } },
  });
}
const lost = new TRPCClientError("Failed to fetch");

/** Tries that end so, one after the other; how each was made and how long was waited. */
async function run(ends: readonly (Error | string)[], stopAfterPauses = Infinity) {
  const stop = new AbortController();
  const again: boolean[] = [];
  const pauses: number[] = [];
  const answer = untilDefinite(
    async (isAgain) => {
      again.push(isAgain);
      const end = ends[again.length - 1] ?? "granted";
      if (typeof end === "string") return end;
      throw end;
    },
    {
      signal: stop.signal,
      random: () => 1,
      wait: async (ms) => {
        pauses.push(ms);
        if (pauses.length >= stopAfterPauses) stop.abort();
        return !stop.signal.aborted;
      },
    },
  );
  return { answer: await answer.catch((error: unknown) => error), again, pauses };
}

test("an answer that is definite at once is the answer", async () => {
  expect(await run(["granted"])).toEqual({ answer: "granted", again: [false], pauses: [] });
  const soldOut = refusal("sold_out");
  expect(await run([soldOut])).toEqual({ answer: soldOut, again: [false], pauses: [] });
});

test("lost answers and crowds are gone on with, each time after a longer pause, and said to be tried again", async () => {
  const { answer, again, pauses } = await run([lost, refusal("request_under_way"), refusal("internal"), lost]);
  expect(answer).toBe("granted");
  expect(again).toEqual([false, true, true, true, true]);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(new Set(pauses).size).toBe(4);
});

test("a refusal after lost answers is definite as well", async () => {
  const limit = refusal("limit_reached");
  expect((await run([lost, lost, limit])).answer).toBe(limit);
});

test("who is told how long to wait waits no less, and is told when that is long", async () => {
  expect((await run([refusal("too_many_requests", { retryAfterSeconds: 7 })])).pauses).toEqual([7_000]);
  const long = refusal("too_many_requests", { retryAfterSeconds: 1_800 });
  expect(await run([long])).toMatchObject({ answer: long, pauses: [] });
});

test("only the visitor can sign in", async () => {
  const stranger = refusal("not_signed_in");
  expect((await run([stranger])).answer).toBe(stranger);
});

test("the visitor can stop", async () => {
  const { answer, again } = await run([lost, lost, lost, lost], 2);
  expect(answer).toBe(lost);
  expect(again).toHaveLength(2);
});

test("pauses grow, differ from visitor to visitor, and have an end", () => {
  expect(pauseMs(2, 0)).toBeLessThan(pauseMs(2, 1));
  expect(pauseMs(2, 1)).toBeLessThan(pauseMs(3, 1));
  expect(pauseMs(1_000, 1)).toBeLessThanOrEqual(15_000);
  expect(pauseMs(1, 0)).toBeGreaterThan(0);
});
