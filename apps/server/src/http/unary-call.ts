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
  /** The body as it came; empty without one, undefined for one that did not come to its end. */
  readBody: () => Promise<Buffer | undefined>;
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
    const body = readBody(incoming, Number(headers["content-length"]));
    return { path, type, isBatch, readInput: async () => inputOf(textOf(await body), isBatch), readBody: () => body };
  }
  if (method !== "GET" || type !== "query" || isPublicProcedure(path) || hasBody(incoming)) return undefined;
  const query = new URLSearchParams(search);
  const isBatch = query.get("batch") === "1";
  if (query.size !== Number(isBatch) + Number(query.has("input"))) return undefined;
  const input = query.get("input");
  const readInput = async () => (input ? inputOf(input, isBatch) : undefined);
  return { path, type, isBatch, readInput, readBody: async () => noBytes };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

/** Of a length that is told and allowed. */
function hasFitBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] === undefined && Number(headers["content-length"]) <= mostBodyBytes;
}

/** The body, as soon as so many bytes of it are here; nothing of one that does not come to its end. */
function readBody(incoming: IncomingMessage, length: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let missing = length;
    incoming.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      missing -= chunk.length;
      if (missing === 0) resolve(chunks.length === 1 ? chunk : Buffer.concat(chunks));
    });
    incoming.on("error", () => resolve(undefined));
    if (length === 0) resolve(noBytes);
  });
}

/** What the one call is told: in a batch the member `0`. */
function inputOf(text: string | undefined, isBatch: boolean): unknown {
  const told: unknown = parse(text);
  if (!isBatch) return told;
  if (typeof told !== "object" || told === null || Array.isArray(told)) {
    throw new TRPCError({ code: "BAD_REQUEST", message: "the input of a batch is an object" });
  }
  return Object.hasOwn(told, "0") ? Reflect.get(told, "0") : undefined;
}

const noBytes = Buffer.alloc(0);
const textOf = (body: Buffer | undefined): string | undefined => body?.toString("utf8");

const byteOrderMark = "\uFEFF";

function parse(text = ""): unknown {
  try {
    // As `Request.json` reads: with or without the mark.
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  } catch (cause) {
    throw new TRPCError({ code: "BAD_REQUEST", message: "the input cannot be read", cause });
  }
}
