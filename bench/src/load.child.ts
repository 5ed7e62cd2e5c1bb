import { connect, type Socket } from "node:net";
import { type Load, type LoadOrder, loadOrder } from "./load.ts";

/** One connection's place in the answer that it waits for. */
type Reading = { header: string; bodyLeft: number; askedAt: number };

const headerEnd = "\r\n\r\n";
const [, , order = ""] = process.argv;
process.stdout.write(JSON.stringify(await load(loadOrder.parse(JSON.parse(order)))));

/**
 * Asks one URL again and again over connections that are kept. It only counts the bytes of a body: a client that reads
 * them as carefully as a browser would be slower than the server, on the same two cores.
 */
async function load({ url, headers, status, connections, seconds }: LoadOrder): Promise<Load> {
  const { host, hostname, port, pathname } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${pathname} HTTP/1.1\r\n${lines.join("")}\r\n`);
  const times: number[] = [];
  const begun = performance.now();
  const until = begun + seconds * 1000;

  const ask = (socket: Socket, reading: Reading): void => {
    reading.askedAt = performance.now();
    socket.write(request);
  };
  /** True when the answer is complete. */
  const read = (reading: Reading, chunk: Buffer): boolean => {
    if (reading.bodyLeft > 0) {
      reading.bodyLeft -= chunk.length;
    } else {
      const at = chunk.indexOf(headerEnd);
      reading.header += chunk.toString("latin1", 0, at === -1 ? chunk.length : at);
      if (at === -1) return false;
      reading.bodyLeft = bodyLength(reading.header, status) - (chunk.length - at - headerEnd.length);
      reading.header = "";
    }
    if (reading.bodyLeft < 0) throw new Error("an answer is longer than it says");
    return reading.bodyLeft === 0;
  };
  const keepAsking = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      const reading: Reading = { header: "", bodyLeft: 0, askedAt: 0 };
      socket.on("connect", () => ask(socket, reading));
      socket.on("data", (chunk: Buffer) => {
        try {
          if (!read(reading, chunk)) return;
        } catch (error) {
          socket.destroy();
          reject(error);
          return;
        }
        const now = performance.now();
        times.push(now - reading.askedAt);
        if (now < until) ask(socket, reading);
        else socket.end();
      });
      socket.on("error", reject);
      socket.on("close", () => resolve());
    });

  await Promise.all(Array.from({ length: connections }, keepAsking));
  const elapsed = (performance.now() - begun) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  return { perSecond: times.length / elapsed, p95Ms: sorted[Math.ceil(times.length * 0.95) - 1] ?? 0 };
}

/** Of the answer with this header. A refusal is quicker than an answer, and so another status is a fault. */
function bodyLength(header: string, status: number): number {
  if (!header.startsWith(`HTTP/1.1 ${status} `)) throw new Error(`not ${status}: ${header.split("\r\n")[0]}`);
  if (status === 304) return 0;
  const [, length] = /^content-length: (\d+)\r?$/im.exec(header) ?? [];
  if (length === undefined) throw new Error("an answer does not say its length");
  return Number(length);
}
