import { appRouter } from "@tessera/api";
import { signatureHeaders } from "@tessera/contracts";
import { audienceHeader, audienceParameter, idleHeader } from "@tessera/contracts";
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
import type { WireRequest } from "./request-signature.ts";

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
    const facts = isLive(request) ? liveFactsOf(c) : factsOf(c);
    const asked = { facts, requestId: c.get("requestId"), wire: wireOf(c) };
    const question = publicQuestion(request);
    if (!facts.audiences.includes(audienceOf(facts.header))) return answerError(c, 403, "forbidden");
    if (question === undefined) return callRouter(parts, request, asked);
    // Asked without the headers, cookies and signal of whoever happened to be first: the answer is for everybody.
    const url = new URL(`${trpcEndpoint}/${question}`, request.url);
    const nobody = { ...asked, facts: { ...facts, header: noHeader } };
    return publicAnswers.answer(request, question, () => callRouter(parts, new Request(url), nobody));
  };
}

/** As Node has it, since the rest of the way writes URLs anew; a body is read twice only if it is signed. */
function wireOf({ env: { incoming }, req }: Context<HttpEnvironment>): Omit<WireRequest, "header"> {
  const { method = "", url: target = "" } = incoming;
  const copy = req.header(signatureHeaders.input) === undefined ? undefined : req.raw.clone();
  return { method, target, body: async () => copy && Buffer.from(await copy.arrayBuffer()) };
}

const noHeader: HeaderOf = () => undefined;

const isLive = ({ method, headers }: Request): boolean =>
  method === "GET" && (headers.get("accept")?.includes("text/event-stream") ?? false);

/**
 * Browsers set no headers of ours where they wait for live events (`EventSource`): the address names the app. Nor is it a
 * use of the auth session, since they connect again by themselves for as long as a page is open.
 */
function liveFactsOf(c: Context<HttpEnvironment>): RequestFacts {
  const facts = factsOf(c);
  const instead: Readonly<Record<string, string | undefined>> = {
    [audienceHeader]: c.req.query(audienceParameter),
    [idleHeader]: "1",
  };
  return { ...facts, header: (name) => (name in instead ? instead[name] : facts.header(name)) };
}

async function callRouter(
  { log, stopping, ...settings }: Parts,
  request: Request,
  { facts, requestId, wire }: { facts: RequestFacts; requestId: string; wire: Omit<WireRequest, "header"> },
): Promise<Response> {
  const response = await fetchRequestHandler({
    endpoint: trpcEndpoint,
    req: isLive(request) ? new Request(request, { signal: AbortSignal.any([request.signal, stopping]) }) : request,
    router: appRouter,
    maxBatchSize: mostInBatch,
    createContext: ({ resHeaders }) => {
      const cookie = {
        set: (value: string) => resHeaders.set("set-cookie", value),
        isSet: () => resHeaders.has("set-cookie"),
      };
      return createApiContext(settings, { facts, requestId, cookie, wire });
    },
    onError: ({ error, path, ctx }) => reportFailure(log, { error, path, ctx, requestId }),
  });
  if (response.headers.get("content-type")?.startsWith("application/json") !== true) return response;
  const made = await jsonAnswer(Buffer.from(await response.arrayBuffer()), facts.header("accept-encoding"));
  for (const [name, value] of Object.entries(made.headers)) response.headers.set(name, value);
  return new Response(new Uint8Array(Buffer.from(made.body)), { status: response.status, headers: response.headers });
}
