import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CodedError } from "../../errors.ts";
import { testRequester } from "../../testing/index.ts";
import { createAttemptLimits } from "./attempt-limits.ts";
import { redisLimitStore } from "./redis-limit-store.ts";

/** What the store's script does, and nothing else of Redis: the words of the protocol and one kind of counter. */
const counters = new Map<string, number>();
const lifetimes = new Set<string>();
let redis: Server;

beforeEach(async () => {
  counters.clear();
  redis = createServer((socket) => {
    socket.on("data", (bytes) => {
      // Commands come whole here: they are short, and the connection is local.
      for (const command of bytes.toString().split(/(?=\*\d+\r\n)/)) socket.write(answerTo(wordsOf(command)));
    });
  }).listen(0, "127.0.0.1");
  await once(redis, "listening");
});
afterEach(() => new Promise((resolve) => redis.close(resolve)));

const wordsOf = (command: string): string[] => command.split("\r\n").filter((_, index) => index > 0 && index % 2 === 0);

function answerTo([name = "", ...words]: string[]): string {
  if (name.toLowerCase() === "info") return "$9\r\nloading:0\r\n";
  if (!/^eval(sha)?$/i.test(name)) return "+OK\r\n";
  const [, , key = "", added = "", seconds = ""] = words;
  const before = counters.get(key);
  const points = Number(added);
  lifetimes.add(seconds);
  if (points < 0 && (before ?? 0) + points < 0) return `*2\r\n:${before ?? 0}\r\n:0\r\n`;
  counters.set(key, (before ?? 0) + points);
  return `*2\r\n:${counters.get(key)}\r\n:${Number(seconds) * 1000}\r\n`;
}

it("counts in Redis, for all nodes, and gives back there", async () => {
  const address = redis.address();
  if (address === null || typeof address === "string") throw new TypeError("no port");
  const secret = new Uint8Array(32);
  const stores = [1, 2].map(() => redisLimitStore(`redis://127.0.0.1:${address.port}`, () => undefined));
  const [node, other] = stores.map(({ store }) => createAttemptLimits({ store, secret: () => secret }));
  if (node === undefined || other === undefined) throw new RangeError("two nodes");
  const subject = { account: "anne@example.test", requester: testRequester };
  const wrong = () => Promise.reject(new CodedError("wrong_credentials"));
  try {
    // Until it is connected, each counts by itself.
    await vi.waitFor(async () => {
      counters.clear();
      await Promise.all(stores.map(({ store }, index) => store.add([{ key: `${index}`, points: 1, seconds: 60 }])));
      expect([...counters.keys()].toSorted()).toEqual(["tessera:limit:0", "tessera:limit:1"]);
    });
    counters.clear();
    await expect(node.guess("password", subject, () => Promise.resolve("right"))).resolves.toBe("right");
    await vi.waitFor(() => expect([...counters.values()]).toEqual([0, 0, 0]));
    for (const limits of [node, other, node, other, node]) {
      await expect(limits.guess("password", subject, wrong)).rejects.toThrow("wrong_credentials");
    }
    expect([...counters.values()].slice(0, 3)).toEqual([5, 5, 5]);
    await expect(other.guess("password", subject, wrong)).rejects.toThrow("too_many_requests");
    expect(lifetimes).toContain("3600");
    expect([...counters.keys()].filter((key) => !/^tessera:limit:[\w-]{22}$/.test(key))).toEqual([]);
  } finally {
    for (const { close } of stores) close();
  }
});
