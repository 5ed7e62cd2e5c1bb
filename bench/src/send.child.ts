import { readFile } from "node:fs/promises";
import { z } from "zod";
import { openRawConnection } from "./raw-http.ts";
import { sendOrder } from "./send.ts";

const [, , argument = ""] = process.argv;
const { origin, requests, connections, expected } = sendOrder.parse(JSON.parse(argument));
const waiting = z.array(z.string()).parse(JSON.parse(await readFile(requests, "utf8")));
process.stdout.write(JSON.stringify(await send()));
process.exit();

/** Seconds from the first request to the last answer. */
async function send(): Promise<number> {
  const { hostname, port } = new URL(origin);
  const done = Promise.withResolvers<number>();
  let [ready, left, begun] = [0, waiting.length, 0];
  const sendNext: (() => void)[] = [];
  for (let index = 0; index < connections; index += 1) {
    const connection = openRawConnection(
      { hostname, port: Number(port) },
      {
        ready() {
          ready += 1;
          if (ready < connections) return;
          begun = performance.now();
          for (const next of sendNext) next();
        },
        answer(status, body) {
          if (status !== 200 || !body.includes(expected)) {
            done.reject(new Error(`not ${expected}: ${status} ${body.slice(0, 500)}`));
          }
          left -= 1;
          if (left === 0) done.resolve((performance.now() - begun) / 1000);
          sendNext[index]?.();
        },
        error: done.reject,
      },
    );
    sendNext.push(() => {
      const request = waiting.pop();
      if (request !== undefined) connection.send(request);
    });
  }
  return done.promise;
}
