import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { type AppParts, createApp } from "./app.ts";
import { unaryCalls } from "./unary-calls.ts";

/** Answers everything: single calls of the API the short way, all else by the app. */
export function createListener(parts: AppParts): RequestListener {
  const answerIfUnary = unaryCalls(parts);
  const answer = getRequestListener(createApp(parts).fetch);
  return (incoming, outgoing) => {
    if (!answerIfUnary(incoming, outgoing)) void answer(incoming, outgoing);
  };
}
