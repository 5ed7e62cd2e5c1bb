import type { IncomingMessage } from "node:http";
import { kindOfProcedure } from "@tessera/api";
import { TRPCError } from "@trpc/server";
import { mostBodyBytes } from "./body-limit.ts";
import { isPublicProcedure } from "./public-answers.ts";

/** One call of one procedure that is there, by the right method, told as JSON. */
export type UnaryCall = {
  path: string;
  type: "query" | "mutation";
  /** A batch with one call in it: our client sends all of its calls as batches. */
  isBatch: boolean;
  /** Throws `BAD_REQUEST` for what is no JSON, or did not come to its end. */
  readInput: () => Promise<unknown>;
};

const target = /^\/trpc\/([\w.]+)(?:\?(.*))?$/;
const json = /^application\/json\s*(?:;|$)/i;
const otherForms = /jsonl|event-stream/;

/** Reads it from a request, whose body it begins to read; nothing if the request is anything else. */
export function readUnaryCall(incoming: IncomingMessage): UnaryCall | undefined {
  const { method, headers } = incoming;
  const [, path, search = ""] = target.exec(incoming.url ?? "") ?? [];
  if (path === undefined || headers["trpc-accept"] !== undefined || otherForms.test(headers.accept ?? ""))
    return undefined;
  const contentType = headers["content-type"];
  if (contentType !== undefined && !json.test(contentType)) return undefined;
  const type = kindOfProcedure(path);
  if (method === "POST" && type === "mutation") {
    if (contentType === undefined || (search !== "" && search !== "batch=1") || !hasFitBody(incoming)) return undefined;
    const isBatch = search !== "";
    const text = readText(incoming);
    // It may never be asked for.
    text.catch(() => undefined);
    return { path, type, isBatch, readInput: async () => inputOf(await text.catch(unreadable), isBatch) };
  }
  if (method !== "GET" || type !== "query" || isPublicProcedure(path) || hasBody(incoming)) return undefined;
  const query = new URLSearchParams(search);
  const isBatch = query.get("batch") === "1";
  if (query.size !== Number(isBatch) + Number(query.has("input"))) return undefined;
  const input = query.get("input");
  return { path, type, isBatch, readInput: async () => (input ? inputOf(input, isBatch) : undefined) };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

/** Of a length that is told and allowed. */
function hasFitBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"]) <= mostBodyBytes;
}

// As `Request.json` reads: with or without a byte order mark.
const utf8 = new TextDecoder();

function readText(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => void chunks.push(chunk));
    incoming.on("end", () => resolve(utf8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))));
    incoming.on("error", reject);
  });
}

/** What the one call is told: in a batch the member `0`. */
function inputOf(text: string, isBatch: boolean): unknown {
  const told: unknown = parse(text);
  if (!isBatch) return told;
  if (typeof told !== "object" || told === null || Array.isArray(told)) {
    throw new TRPCError({ code: "BAD_REQUEST", message: "the input of a batch is an object" });
  }
  return Object.hasOwn(told, "0") ? Reflect.get(told, "0") : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(cause: unknown): never {
  throw new TRPCError({ code: "BAD_REQUEST", message: "the input cannot be read", cause });
}
