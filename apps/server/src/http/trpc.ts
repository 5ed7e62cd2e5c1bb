import { appRouter } from "@tessera/api";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Context } from "hono";
import type { Logger } from "../log.ts";
import { answerError } from "./answer-error.ts";
import { type ApiSettings, createApiContext } from "./api-context.ts";
import { reportFailure } from "./api-failures.ts";
import { audienceOf } from "./cookies.ts";
import type { HttpEnvironment } from "./environment.ts";
import { jsonAnswer } from "./json-answer.ts";
import { PublicAnswers, publicQuestion } from "./public-answers.ts";
import { factsOf, type HeaderOf, type RequestFacts } from "./request-facts.ts";

export const trpcEndpoint = "/trpc";

type Parts = ApiSettings & {
  log: Logger;
  /** Ends the live events when the server stops. */
  stopping: AbortSignal;
};

/** No page of ours asks for as much at once; the clients stay below it by themselves. */
const mostInBatch = 10;

/** Serves the four routers over HTTP, batched, with live events as SSE. Single calls come by `unaryCalls`. */
export function trpcHandler(parts: Parts) {
  const publicAnswers = new PublicAnswers();
  return async (c: Context<HttpEnvironment>): Promise<Response> => {
    const request = c.req.raw;
    const asked = { facts: factsOf(c), requestId: c.get("requestId") };
    const question = publicQuestion(request);
    if (!asked.facts.audiences.includes(audienceOf(asked.facts.header))) return answerError(c, 403, "forbidden");
    if (question === undefined) return callRouter(parts, request, asked);
    // Asked without the headers, cookies and signal of whoever happened to be first: the answer is for everybody.
    const url = new URL(`${trpcEndpoint}/${question}`, request.url);
    const facts = { ...asked.facts, header: noHeader };
    return publicAnswers.answer(request, question, () => callRouter(parts, new Request(url), { ...asked, facts }));
  };
}

const noHeader: HeaderOf = () => undefined;

async function callRouter(
  { log, stopping, ...settings }: Parts,
  request: Request,
  { facts, requestId }: { facts: RequestFacts; requestId: string },
): Promise<Response> {
  const isLive = request.headers.get("accept")?.includes("text/event-stream") ?? false;
  const response = await fetchRequestHandler({
    endpoint: trpcEndpoint,
    req: isLive ? new Request(request, { signal: AbortSignal.any([request.signal, stopping]) }) : request,
    router: appRouter,
    maxBatchSize: mostInBatch,
    createContext: ({ resHeaders }) => {
      const cookie = {
        set: (value: string) => resHeaders.set("set-cookie", value),
        isSet: () => resHeaders.has("set-cookie"),
      };
      return createApiContext(settings, { facts, requestId, cookie });
    },
    onError: ({ error, path, ctx }) => reportFailure(log, { error, path, ctx, requestId }),
  });
  if (response.headers.get("content-type")?.startsWith("application/json") !== true) return response;
  const made = await jsonAnswer(Buffer.from(await response.arrayBuffer()), facts.header("accept-encoding"));
  for (const [name, value] of Object.entries(made.headers)) response.headers.set(name, value);
  return new Response(new Uint8Array(Buffer.from(made.body)), { status: response.status, headers: response.headers });
}
