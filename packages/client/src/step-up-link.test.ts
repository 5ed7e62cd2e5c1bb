import { expect, test, vi } from "vitest";
import { createClient } from "./index.ts";

/** A server that wants the second factor again until `steppedUp` says that it was given. */
function openShop(confirm: () => Promise<boolean>, steppedUp: () => boolean) {
  const requests = vi.fn<(path: string) => void>();
  const client = createClient({
    audience: "shop",
    url: "http://tessera.example/trpc",
    confirm,
    fetch: (input) => {
      const { pathname } = new URL(new Request(input).url);
      requests(pathname);
      const refusal = { errorCode: "step_up_required", details: {}, requestId: "r", fields: [], httpStatus: 403 };
      const answer = steppedUp()
        ? { result: { data: { redirectUrl: "/pay" } } }
        : { error: { message: "step_up_required", code: -32_003, data: refusal } };
      return Promise.resolve(Response.json(pathname.split(",").map(() => answer)));
    },
  });
  const pay = () =>
    client.tickets.sales.startPayment.mutate({ orderId: crypto.randomUUID(), idempotencyKey: crypto.randomUUID() });
  return { pay, requests };
}

test("the request is repeated when its owner has confirmed", async () => {
  let confirmed = false;
  const { pay, requests } = openShop(
    () => Promise.resolve((confirmed = true)),
    () => confirmed,
  );
  await expect(pay()).resolves.toEqual({ redirectUrl: "/pay" });
  expect(requests).toHaveBeenCalledTimes(2);
});

test("the refusal reaches the caller when the owner has not", async () => {
  const { pay, requests } = openShop(
    () => Promise.resolve(false),
    () => false,
  );
  await expect(pay()).rejects.toThrow("step_up_required");
  expect(requests).toHaveBeenCalledTimes(1);
});

test("nobody is asked twice for one request", async () => {
  const confirm = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  const { pay } = openShop(confirm, () => false);
  await expect(pay()).rejects.toThrow("step_up_required");
  expect(confirm).toHaveBeenCalledTimes(1);
});

test("requests of one moment wait for one question each, and all go on", async () => {
  let confirmed = false;
  const question = Promise.withResolvers<boolean>();
  const { pay } = openShop(
    () => question.promise,
    () => confirmed,
  );
  const payments = [pay(), pay()];
  confirmed = true;
  question.resolve(true);
  await expect(Promise.all(payments)).resolves.toHaveLength(2);
});
