import type { Requester } from "../ports.ts";

/** A request from one browser somewhere. */
export const testRequester: Requester = {
  address: "192.0.2.1",
  origin: "https://tickets.test",
  userAgent: "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
  proof: null,
};
