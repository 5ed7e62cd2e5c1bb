import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Clock } from "@tessera/core";
import { Stripe } from "stripe";
import { stripeSignatureHeader } from "../adapters/stripe-payments.ts";
import { answerStripe, type StripeAnswer, type StripeBooks } from "./stripe-books.ts";

/**
 * What happens to the next request of a kind. A number: answered with that status. `hang`: done and never answered.
 * `lose`: done, and the connection breaks before the answer.
 */
type Fault = { request: string; how: 402 | 409 | 429 | 500 | "hang" | "lose" };

export type StripeStandIn = {
  settings: { secretKey: string; webhookSecret: string; apiUrl: string };
  books: StripeBooks;
  /** Every request, such as `POST /v1/refunds`, with its fields. */
  requests: { request: string; fields: Record<string, string> }[];
  /** The next such request meets this fault, and each further call adds one to the queue. */
  fail(request: string, how: Fault["how"]): void;
  /** Nobody answers the connection any more. */
  close(): Promise<void>;
};

/** Faults that come before anything is done, and so are not kept with the key. */
const early = [409, 429];

/**
 * Stripe's API as far as we use it, over HTTP, in memory: idempotency keys with their rules, pages, refunds and faults.
 * @see https://docs.stripe.com/api/idempotent_requests
 */
export async function startStripeStandIn(clock: Clock): Promise<StripeStandIn> {
  const secretKey = "sk_test_standin0000000000";
  const books: StripeBooks = { clock, pages: [], refunds: [], refundStatus: "succeeded" };
  const requests: StripeStandIn["requests"] = [];
  const faults: Fault[] = [];
  const kept = new Map<string, { wanted: string; requestId: string; answer: StripeAnswer }>();

  function answerKept(key: string, wanted: string, act: () => StripeAnswer): StripeAnswer {
    const earlier = kept.get(key);
    if (earlier === undefined) {
      const answer = act();
      // What fails validation has not begun, and so leaves no trace.
      if (answer.status !== 400) kept.set(key, { wanted, requestId: `req_${randomUUID()}`, answer });
      return answer;
    }
    if (earlier.wanted !== wanted) return refuse(400, { type: "idempotency_error", message: "another body" });
    const headers = { "idempotent-replayed": "true", "original-request": earlier.requestId };
    return { ...earlier.answer, headers };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://stand-in");
    const body = await text(request);
    const fields = Object.fromEntries(new URLSearchParams(request.method === "GET" ? url.search : body));
    const name = `${request.method} ${url.pathname}`;
    requests.push({ request: name, fields });
    if (request.headers.authorization !== `Bearer ${secretKey}`) {
      return send(response, refuse(401, { message: "Invalid API Key provided" }));
    }
    const next = faults.findIndex((fault) => fault.request === name);
    const fault = next === -1 ? undefined : faults.splice(next, 1)[0]?.how;
    const act = (): StripeAnswer =>
      typeof fault === "number" ? refuse(fault, { message: "a fault" }) : answerStripe(books, name, fields);
    const key = request.headers["idempotency-key"];
    const isKept = typeof key === "string" && !(typeof fault === "number" && early.includes(fault));
    const answer = isKept ? answerKept(key, `${name} ${body}`, act) : act();
    if (fault === "hang") return;
    if (fault === "lose") return void response.destroy();
    send(response, answer);
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    settings: { secretKey, webhookSecret: "whsec_standin", apiUrl: `http://127.0.0.1:${port}` },
    books,
    requests,
    fail: (request, how) => void faults.push({ request, how }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(status: number, error: { type?: string; message: string }): StripeAnswer {
  return { status, body: { error: { type: "invalid_request_error", ...error } } };
}

function send(response: ServerResponse, { status, headers, body }: StripeAnswer): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** A webhook as Stripe sends it. The same `id` is the same event, told again. */
export function stripeWebhook(
  type: string,
  object: object,
  { secret, at, id = `evt_${randomUUID()}` }: { secret: string; at: Date; id?: string },
): { body: string; headers: Headers } {
  const timestamp = Math.floor(at.getTime() / 1000);
  const event = { id, object: "event", type, created: timestamp, livemode: false, data: { object } };
  const payload = JSON.stringify(event);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  return { body: payload, headers: new Headers({ [stripeSignatureHeader]: signature }) };
}
