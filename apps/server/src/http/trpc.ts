import { appRouter, type ApiContext } from "@tessera/api";
import { idleHeader } from "@tessera/contracts";
import { type AuthStanding, CodedError, type CoreContext, readAuthStanding, type Requester } from "@tessera/core";
import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Context } from "hono";
import type { Logger } from "../log.ts";
import { answerError } from "./answer-error.ts";
import { audienceOf, authCookie, readAuthToken } from "./cookies.ts";
import type { HttpEnvironment } from "./environment.ts";
import type { Origins } from "./hosts.ts";
import { PublicAnswers, publicQuestion } from "./public-answers.ts";
import { requesterOf } from "./requester.ts";

export const trpcEndpoint = "/trpc";

type Parts = {
  core: CoreContext;
  log: Logger;
  /** How many proxies of ours stand before us. */
  trustedProxies: number;
  /** Whether visitors reach us over TLS, and so the cookies are for TLS only. */
  secure: boolean;
  origins: Origins | undefined;
  /** Ends the live events when the server stops. */
  stopping: AbortSignal;
};

/** No page of ours asks for as much at once; the clients stay below it by themselves. */
const mostInBatch = 10;

/** Serves the four routers over HTTP, batched, with live events as SSE. */
export function trpcHandler(parts: Parts) {
  const publicAnswers = new PublicAnswers();
  return async (c: Context<HttpEnvironment>): Promise<Response> => {
    const request = c.req.raw;
    const requestId = c.get("requestId");
    const question = publicQuestion(request);
    if (!c.get("audiences").includes(audienceOf(request.headers))) return answerError(c, 403, "forbidden");
    const requester = requesterOf(c, parts);
    if (question === undefined) return callRouter(parts, request, { requestId, requester });
    // Asked without the headers, cookies and signal of whoever happened to be first: the answer is for everybody.
    const url = new URL(`${trpcEndpoint}/${question}`, request.url);
    return publicAnswers.answer(request, question, () => callRouter(parts, new Request(url), { requestId, requester }));
  };
}

async function callRouter(
  { core, log, secure, stopping }: Parts,
  request: Request,
  { requestId, requester }: { requestId: string; requester: Requester },
): Promise<Response> {
  const isLive = request.headers.get("accept")?.includes("text/event-stream") ?? false;
  const req = isLive ? new Request(request, { signal: AbortSignal.any([request.signal, stopping]) }) : request;
  const response = await fetchRequestHandler({
    endpoint: trpcEndpoint,
    req,
    router: appRouter,
    maxBatchSize: mostInBatch,
    createContext: ({ resHeaders }) =>
      createApiContext({ core, requestId, requester, secure, headers: req.headers, resHeaders }),
    onError: ({ error, path, ctx }) => {
      const { cause } = error;
      if (isFault(error)) log.error({ requestId, procedure: path, err: cause ?? error }, "procedure failed");
      else if (cause instanceof CodedError && isAlarming(cause)) {
        void logRefusal(log, { requestId, procedure: path, errorCode: cause.code }, ctx);
      }
    },
  });
  if (response.headers.get("content-type")?.startsWith("application/json") !== true) return response;
  // With its length known, an answer of a few bytes is not compressed.
  const body = Buffer.from(await response.arrayBuffer());
  response.headers.set("content-length", String(body.length));
  return new Response(body, { status: response.status, headers: response.headers });
}

/** What somebody tries who should not, or much too often: each alone means little, many of them something. */
const isAlarming = ({ code }: CodedError): boolean =>
  code === "forbidden" || code === "too_many_requests" || code === "proof_of_work_required";

async function logRefusal(log: Logger, line: Record<string, unknown>, ctx: ApiContext | undefined): Promise<void> {
  // Whoever it is was looked up before the refusal, or is nobody.
  const standing = await ctx?.auth().catch(() => undefined);
  const accountId = standing === undefined || standing.state === "signed_out" ? null : standing.account.id;
  log.warn({ ...line, accountId }, "refused");
}

/** What somebody must look at: what nobody expected, and what is unavailable because something else failed. */
function isFault({ code, cause }: TRPCError): boolean {
  if (cause instanceof CodedError) return cause.code === "unavailable" && cause.cause !== undefined;
  return code === "INTERNAL_SERVER_ERROR";
}

function createApiContext(request: {
  core: CoreContext;
  requestId: string;
  requester: Requester;
  secure: boolean;
  headers: Headers;
  resHeaders: Headers;
}): ApiContext {
  const { core, requestId, requester, secure, headers, resHeaders } = request;
  const audience = audienceOf(headers);
  const setAuthSession: ApiContext["setAuthSession"] = (authSession) => {
    // The last word of a batch counts.
    resHeaders.set("set-cookie", authCookie(authSession, { audience, secure, now: core.clock() }));
  };
  let standing: Promise<AuthStanding> | undefined;
  return { core, requestId, requester, audience, auth: () => (standing ??= readStanding()), setAuthSession };

  async function readStanding(): Promise<AuthStanding> {
    const token = readAuthToken(headers, audience, secure) ?? null;
    const found = await readAuthStanding(core, { token, audience, isUse: !headers.has(idleHeader) });
    // Somebody who signs in or out in the same batch has the last word, not the use of the old cookie.
    if (token !== null && found.renewedUntil !== null && !resHeaders.has("set-cookie")) {
      setAuthSession({ token, expiresAt: found.renewedUntil });
    }
    return found.standing;
  }
}
