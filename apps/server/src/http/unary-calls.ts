import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { appRouter } from "@tessera/api";
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  transformTRPCResponse,
  type TRPCError,
} from "@trpc/server";
import { getHTTPStatusCode } from "@trpc/server/http";
import type { Logger } from "../log.ts";
import { type ApiSettings, createApiContext } from "./api-context.ts";
import { reportFailure } from "./api-failures.ts";
import { audienceOf } from "./cookies.ts";
import { audiencesByHost, type HostSettings } from "./hosts.ts";
import { jsonAnswer } from "./json-answer.ts";
import type { RequestFacts } from "./request-facts.ts";
import { logRequest, requestIdHeader } from "./request-log.ts";
import { isSameOrigin } from "./same-origin.ts";
import { securityHeadersOf } from "./security-headers.ts";
import { readUnaryCall, type UnaryCall } from "./unary-call.ts";

type Parts = ApiSettings & HostSettings & { log: Logger; strictTransport: boolean };

/** Answers a request, or says that it is for somebody else and leaves it as it came. */
export type AnswerIfUnary = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * The short way for what comes by the thousand: one call of one procedure, as JSON. It replaces the framing only. Router,
 * context, checks, log and headers are those of the long way, which takes every other request: batches, live events,
 * what everybody may know, and whatever is to be refused before a procedure is called. (The adapters that turn Node's
 * request into a `Request` and back cost more than all the rest: docs/decisions/0015.)
 */
export function unaryCalls({ log, strictTransport, ownHosts, ...settings }: Parts): AnswerIfUnary {
  const audiencesOf = audiencesByHost({ origins: settings.origins, ownHosts });
  const always = securityHeadersOf({ strictTransport });

  return (incoming, outgoing) => {
    if (incoming.url?.startsWith("/trpc/") !== true) return false;
    const facts = readFacts(incoming, audiencesOf);
    if (!facts?.audiences.includes(audienceOf(facts.header)) || !isSameOrigin(facts, settings.origins)) return false;
    // The last to be asked, since it begins to read the body.
    const call = readUnaryCall(incoming);
    if (call === undefined) return false;
    void answer(call, facts, incoming, outgoing);
    return true;
  };

  async function answer(
    call: UnaryCall,
    facts: RequestFacts,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const startedAt = performance.now();
    const requestId = randomUUID();
    let setCookie: string | undefined;
    const cookie = { set: (value: string) => void (setCookie = value), isSet: () => setCookie !== undefined };
    const { method = "", url: target = "" } = incoming;
    const wire = { method, target, body: call.readBody };
    const ctx = createApiContext(settings, { facts, requestId, cookie, wire });
    const { status, text } = await callProcedure(call, ctx, (error) =>
      reportFailure(log, { error, path: call.path, ctx, requestId }),
    );
    const { headers, body } = await jsonAnswer(text, facts.header("accept-encoding"));
    // Whoever has gone meanwhile is answered by nobody.
    if (!outgoing.destroyed) {
      const cookies = setCookie === undefined ? {} : { "set-cookie": setCookie };
      outgoing.writeHead(status, { ...always, ...headers, ...cookies, [requestIdHeader]: requestId }).end(body);
    }
    logRequest(log, { requestId, method: incoming.method, path: `/trpc/${call.path}`, status, startedAt });
  }
}

type ApiContext = ReturnType<typeof createApiContext>;

// Where tRPC’s own adapters take it from.
// oxlint-disable-next-line no-underscore-dangle
const config = appRouter._def._config;

/** What tRPC's own adapters do with a call, and the text and the status that they answer. */
async function callProcedure(
  { path, type, isBatch, readInput }: UnaryCall,
  ctx: ApiContext,
  onError: (error: TRPCError) => void,
): Promise<{ status: number; text: string }> {
  let input: unknown;
  const getRawInput = async (): Promise<unknown> => (input = config.transformer.input.deserialize(await readInput()));
  try {
    // No procedure that is answered at once has a use for being told that nobody waits any more.
    const signal = undefined;
    const data: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx,
      getRawInput,
      signal,
      batchIndex: 0,
    });
    const response = { result: { data } };
    return { status: 200, text: JSON.stringify(transformTRPCResponse(config, isBatch ? [response] : response)) };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    onError(error);
    const response = { error: getTRPCErrorShape({ config, ctx, error, input, path, type }) };
    return {
      status: getHTTPStatusCode(response),
      text: JSON.stringify(transformTRPCResponse(config, isBatch ? [response] : response)),
    };
  }
}

/** Nothing where the host is written as only the long way reads it, or is none of ours. */
function readFacts(
  { headers, socket }: IncomingMessage,
  audiencesOf: ReturnType<typeof audiencesByHost>,
): RequestFacts | undefined {
  const { host } = headers;
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  const url = new URL(`http://${host}`);
  if (url.host !== host) return undefined;
  return {
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    host,
    audiences: audiencesOf(url.hostname),
    remoteAddress: socket.remoteAddress ?? "",
  };
}
