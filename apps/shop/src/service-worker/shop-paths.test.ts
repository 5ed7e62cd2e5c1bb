import { expect, it } from "vitest";
import { isShopPage } from "./shop-paths.ts";

it.each([
  "/",
  "/tickets",
  "/tickets/019a0000-0000-7000-8000-000000000000",
  "/orders/1",
  "/link/reset",
  "/administration",
])("%s is the shop's", (path) => expect(isShopPage(path)).toBe(true));

it.each(["/admin", "/admin/orders", "/scanner/", "/trpc/auth.accounts.me", "/demo/mailbox", "/pay/demo/1", "/healthz"])(
  "%s is not",
  (path) => expect(isShopPage(path)).toBe(false),
);

it("leaves files alone", () => {
  expect(isShopPage("/orders/1/calendar.ics")).toBe(false);
});
