import { SharedBody } from "./shared-body.ts";

/** The procedures whose answers are the same for everybody. */
const publicProcedures = new Set(["tickets.catalogue.programme", "tickets.catalogue.competitionSession"]);

/** With the half second that core keeps the catalogue, the shop is current within a second of a change. */
const freshForMs = 400;
const mostKept = 500;
const fastBrotli = 4;

/** Whether a request asks for nothing but what everybody may know. */
export function asksPublicOnly(request: Request): boolean {
  if (request.method !== "GET") return false;
  const procedures = decodeURIComponent(new URL(request.url).pathname.slice("/trpc/".length)).split(",");
  return procedures.every((procedure) => publicProcedures.has(procedure));
}

/**
 * Answers to what everybody asks, kept for a moment: made once for all who ask meanwhile, compressed once, and not sent
 * again to who has them (ETag).
 */
export class PublicAnswers {
  readonly #kept = new Map<string, { madeAt: number; body: Promise<SharedBody | undefined> }>();

  /** @param make asks for real */
  async answer(request: Request, make: () => Promise<Response>): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const body = await this.#keptOrMade(pathname + search, make);
    // A refusal carries the id of its own request, and so is not shared.
    return body === undefined ? make() : body.answer(request, { "cache-control": "no-cache" });
  }

  #keptOrMade(key: string, make: () => Promise<Response>): Promise<SharedBody | undefined> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && performance.now() - kept.madeAt < freshForMs) return kept.body;
    const body = share(make, kept?.body);
    this.#kept.delete(key);
    this.#kept.set(key, { madeAt: performance.now(), body });
    // A Map keeps the order of insertion: the first is the oldest.
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return body;
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
