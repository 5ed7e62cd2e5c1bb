import { type QueryClient, QueryObserver, type QueryObserverResult } from "@tanstack/react-query";
import type { AppRouter } from "@tessera/client";
import type { ErrorCode } from "@tessera/contracts";
import { TRPCClientError } from "@trpc/client";
import { expect, test, vi } from "vitest";
import { createQueryClient } from "./query-client.ts";

function refusal(errorCode: ErrorCode): Error {
  const data = { errorCode, details: {}, requestId: "r", fields: [], httpStatus: 409 };
  return new TRPCClientError<AppRouter>(errorCode, {
    result: { error: { message: errorCode, code: -32603, data } },
  });
}

type Watched = { readonly result: () => QueryObserverResult; readonly stop: () => void };

/** Watches a query, as a component does. */
function watch(queryClient: QueryClient, queryKey: unknown[], queryFn: () => Promise<unknown>): Watched {
  const observer = new QueryObserver(queryClient, { queryKey, queryFn });
  return { result: () => observer.getCurrentResult(), stop: observer.subscribe(() => {}) };
}

test("a refusal is not asked for again", async () => {
  const orders = watch(createQueryClient(), ["orders"], () => Promise.reject(refusal("forbidden")));
  await vi.waitFor(() => expect(orders.result().failureCount).toBe(1));
  expect(orders.result().status).toBe("error");
  orders.stop();
});

test("a server that is away is", async () => {
  const orders = watch(createQueryClient(), ["orders"], () => Promise.reject(new TRPCClientError("Failed to fetch")));
  await vi.waitFor(() => expect(orders.result().failureCount).toBe(1));
  expect(orders.result()).toMatchObject({ status: "pending", fetchStatus: "fetching" });
  orders.stop();
});

test("an auth session that ended makes every gate look again who is here", async () => {
  const queryClient = createQueryClient();
  const who = vi.fn<() => Promise<unknown>>(() => Promise.resolve({ state: "signed_out" }));
  const me = watch(queryClient, [["auth", "accounts", "me"], { type: "query" }], who);
  await vi.waitFor(() => expect(me.result().isSuccess).toBe(true));

  const orders = watch(queryClient, ["orders"], () => Promise.reject(refusal("not_signed_in")));
  await vi.waitFor(() => expect(who).toHaveBeenCalledTimes(2));
  me.stop();
  orders.stop();
});
