import { competitionSessionInput } from "@tessera/contracts";
import { SharedBody } from "./shared-body.ts";

/** With the half second that core keeps the catalogue, the shop is current within a second of a change. */
const freshForMs = 400;
/** What nobody has asked for as long makes room. */
const keptForMs = 60_000;
const mostKeptBytes = 16 * 1024 * 1024;
/** Counted for each answer besides its body, so that refusals have a bound as well. */
const overheadBytes = 1024;
const fastBrotli = 4;

const programme = "tickets.catalogue.programme";
const competitionSession = "tickets.catalogue.competitionSession";

/** Whether everybody may know what a procedure answers. */
export function isPublicProcedure(path: string): boolean {
  return path === programme || path === competitionSession;
}

/**
 * What a request asks, if everybody may know the answer: the procedure, with its input as our schema reads it. So the
 * same question is the same text however it is put, and nobody can put it in a thousand ways. Batches are not shared.
 */
export function publicQuestion(request: Request): string | undefined {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || searchParams.has("batch")) return undefined;
  const procedure = pathname.slice("/trpc/".length);
  if (procedure === programme) return procedure;
  if (procedure !== competitionSession) return undefined;
  const input = competitionSessionInput.safeParse(readJson(searchParams.get("input")));
  return input.success ? `${procedure}?input=${encodeURIComponent(JSON.stringify(input.data))}` : undefined;
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}

type Kept = { madeAt: number; bytes: number; body: Promise<SharedBody | undefined> };

/**
 * Answers to what everybody asks, kept for a moment: made once for all who ask meanwhile, compressed once, and not sent
 * again to who has them (ETag).
 */
export class PublicAnswers {
  readonly #kept = new Map<string, Kept>();
  readonly #mostBytes: number;
  #bytes = 0;

  /** @param mostBytes of the uncompressed bodies that are kept */
  constructor(mostBytes = mostKeptBytes) {
    this.#mostBytes = mostBytes;
  }

  /** @param make asks for real; its answer depends on the question alone */
  async answer(request: Request, question: string, make: () => Promise<Response>): Promise<Response> {
    const body = await this.#keptOrMade(question, make);
    // A refusal carries the id of its own request, and so is not shared.
    return body === undefined ? make() : body.answer(request, { "cache-control": "no-cache" });
  }

  #keptOrMade(question: string, make: () => Promise<Response>): Promise<SharedBody | undefined> {
    const before = this.#kept.get(question);
    const now = performance.now();
    if (before !== undefined && now - before.madeAt < freshForMs) return before.body;
    this.#forget(question);
    const kept = { madeAt: now, bytes: overheadBytes, body: share(make, before?.body) };
    this.#kept.set(question, kept);
    this.#bytes += kept.bytes;
    void this.#weigh(question, kept);
    return kept.body;
  }

  async #weigh(question: string, kept: Kept): Promise<void> {
    const body = await kept.body.catch(() => undefined);
    if (this.#kept.get(question) === kept) {
      kept.bytes += body?.bytes.length ?? 0;
      this.#bytes += body?.bytes.length ?? 0;
    }
    // A Map keeps the order of insertion: the first is the oldest.
    for (const [oldest, { madeAt }] of this.#kept) {
      if (this.#bytes <= this.#mostBytes && performance.now() - madeAt < keptForMs) return;
      this.#forget(oldest);
    }
  }

  #forget(question: string): void {
    this.#bytes -= this.#kept.get(question)?.bytes ?? 0;
    this.#kept.delete(question);
  }
}

async function share(
  make: () => Promise<Response>,
  before: Promise<SharedBody | undefined> | undefined,
): Promise<SharedBody | undefined> {
  const response = await make();
  if (response.status !== 200) return undefined;
  const bytes = Buffer.from(await response.arrayBuffer());
  const previous = await before?.catch(() => undefined);
  // The same again keeps its compressed forms.
  if (previous?.bytes.equals(bytes)) return previous;
  return new SharedBody(bytes, response.headers.get("content-type") ?? "application/json", fastBrotli);
}
