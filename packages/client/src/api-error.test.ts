import { TRPCClientError } from "@trpc/client";
import { describe, expect, test } from "vitest";
import { apiErrorOf } from "./index.ts";

const answered = (data: unknown) =>
  TRPCClientError.from({ error: { message: "sold_out", code: -32_009, data } } as Parameters<
    typeof TRPCClientError.from
  >[0]);

describe("what went wrong", () => {
  test("is what the server said, with its details and request id", () => {
    const data = { errorCode: "sold_out", details: { left: 3 }, requestId: "r-1", fields: [] };
    expect(apiErrorOf(answered(data))).toEqual(data);
  });

  test.each([
    ["no network", TRPCClientError.from(new TypeError("Failed to fetch")), "unavailable"],
    ["an answer that is not ours", answered({ errorCode: "teapot" }), "unavailable"],
    ["a fault in the page itself", new TypeError("x is undefined"), "internal"],
    ["nothing at all", undefined, "internal"],
  ])("%s", (_, error, errorCode) => {
    expect(apiErrorOf(error)).toEqual({ errorCode, details: {}, requestId: "", fields: [] });
  });
});
