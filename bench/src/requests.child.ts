import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { openRawConnection, type RawConnection } from "./raw-http.ts";
import { type RequestsOrder, requestsOrder, type RequestsResult } from "./requests.ts";

const errorCode = /"errorCode":"(\w+)"/;
const [, , argument = ""] = process.argv;
const order = requestsOrder.parse(JSON.parse(argument));
const shopperList = z.array(z.object({ email: z.string(), token: z.string(), address: z.string() })).min(1);
const shoppers = shopperList.parse(JSON.parse(await readFile(order.shoppers, "utf8")));
process.stdout.write(JSON.stringify(await ask(order)));
// Answers that are still on their way are of no interest.
process.exit();

/** Asks, each question of the next shopper, and reads what became of it. */
async function ask(wanted: RequestsOrder): Promise<RequestsResult> {
  const { hostname, port } = new URL(wanted.origin);
  const nextRequest = requestsOf(wanted);
  const times: number[] = [];
  const others: Record<string, number> = {};
  const failed = Promise.withResolvers<never>();
  const idle: { connection: RawConnection; meantAt: number }[] = [];
  let [begun, until] = [Infinity, Infinity];

  const opened = Array.from({ length: wanted.connections }, async () => {
    const ready = Promise.withResolvers<void>();
    const slot = {
      meantAt: 0,
      connection: openRawConnection(
        { hostname, port: Number(port) },
        {
          ready: ready.resolve,
          error: failed.reject,
          answer(status, body) {
            const now = performance.now();
            const outcome = outcomeOf(status, body);
            if (outcome !== wanted.expected) others[outcome] = (others[outcome] ?? 0) + 1;
            else if (now <= until) times.push(now - slot.meantAt);
            free(slot, now);
          },
        },
      ),
    };
    await ready.promise;
    return slot;
  });
  const slots = await Promise.race([Promise.all(opened), failed.promise]);
  const finish = (seconds: number): Promise<unknown> =>
    Promise.race([new Promise((resolve) => setTimeout(resolve, seconds * 1000)), failed.promise]);

  let free: (slot: (typeof slots)[number], now: number) => void;
  const send = (slot: (typeof slots)[number], meantAt: number): void => {
    slot.meantAt = meantAt;
    slot.connection.send(nextRequest());
  };
  begun = performance.now();
  until = begun + wanted.seconds * 1000;
  if (wanted.arrivalsPerSecond === undefined) {
    free = (slot, now) => {
      if (now < until) send(slot, now);
    };
    for (const slot of slots) send(slot, begun);
    await finish(wanted.seconds);
  } else {
    const arrivals = arrivalTimes(wanted.arrivalsPerSecond, begun, until);
    let [next, answered] = [0, 0];
    idle.push(...slots);
    // Who comes while all connections are busy waits, and the wait counts.
    const sendDue = (now: number): void => {
      for (let at = arrivals[next]; at !== undefined && at <= now && idle.length > 0; at = arrivals[next]) {
        // The one that has been idle for longest: all of them are in use.
        const slot = idle.shift();
        if (slot === undefined) return;
        next += 1;
        send(slot, at);
      }
    };
    const done = Promise.withResolvers<void>();
    until = Infinity;
    free = (slot, now) => {
      idle.push(slot);
      answered += 1;
      if (answered === arrivals.length) done.resolve();
      else sendDue(now);
    };
    const timer = setInterval(() => sendDue(performance.now()), 1);
    await Promise.race([done.promise, failed.promise]);
    clearInterval(timer);
    until = performance.now();
  }
  const sorted = Float64Array.from(times).toSorted();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  const perSecond = (times.length * 1000) / (until - begun);
  return { perSecond, p50Ms: at(0.5), p99Ms: at(0.99), asked: times.length, others };
}

/** As a crowd comes: each by itself, and so the time between two is exponentially distributed. */
function arrivalTimes(perSecond: number, begun: number, until: number): number[] {
  const times: number[] = [];
  for (let at = begun; at < until; at -= (Math.log(1 - Math.random()) * 1000) / perSecond) times.push(at);
  return times;
}

function requestsOf({ origin, ask: asked, from }: RequestsOrder): () => string {
  const { host } = new URL(origin);
  let turn = from;
  return () => {
    const shopper = shoppers[turn % shoppers.length];
    if (shopper === undefined) throw new RangeError("there are no shoppers");
    turn += 1;
    const stranger = `Host: ${host}\r\nX-Forwarded-For: ${shopper.address}\r\n`;
    const known = `${stranger}Cookie: tessera_shop=${shopper.token}\r\n`;
    switch (asked.kind) {
      case "me":
        return `GET /trpc/auth.accounts.me HTTP/1.1\r\n${known}\r\n`;
      case "signIn":
        return post("auth.accounts.signIn", { email: shopper.email, password: asked.password }, stranger);
      case "reserve": {
        const duo = asked.duos[turn % asked.duos.length];
        const body = { idempotencyKey: randomUUID(), lines: [{ ...duo, quantity: 1 }], partial: false, retry: false };
        return post("tickets.sales.reserve", body, known);
      }
      default:
        throw new TypeError("nothing is asked");
    }
  };
}

function post(procedure: string, input: object, headers: string): string {
  const body = JSON.stringify(input);
  return `POST /trpc/${procedure} HTTP/1.1\r\n${headers}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function outcomeOf(status: number, body: string): string {
  if (status === 200) return body.startsWith('{"result"') ? "granted" : "nothing";
  return errorCode.exec(body)?.[1] ?? `status ${status}`;
}
