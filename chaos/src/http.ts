import { Agent, request } from "node:http";

export type Answer = { status: number; text: string };
/** `unknown`: the connection ended without an answer, and what was asked has happened or has not. */
export type Heard = Answer | "unknown";

export type Question = { method: "GET" | "POST"; path: string; headers: Record<string, string>; body?: string };

/** Asks over connections that are kept. */
export type HttpClient = { ask: (question: Question) => Promise<Heard>; close: () => void };

const patienceMs = 15_000;

/** @param options.connections at most so many at once */
export function openHttpClient(origin: string, { connections }: { connections: number }): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(origin);
  return {
    ask: ({ method, path, headers, body = "" }) =>
      new Promise((resolve) => {
        const unknown = (): void => resolve("unknown");
        const length = method === "POST" ? { "content-length": Buffer.byteLength(body) } : {};
        const asked = request(
          { agent, hostname, port, method, path, headers: { ...headers, ...length }, timeout: patienceMs },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("end", () => {
              const text = Buffer.concat(chunks).toString("utf8");
              if (response.complete) resolve({ status: response.statusCode ?? 0, text });
              else unknown();
            });
            response.on("error", unknown);
          },
        );
        asked.on("timeout", () => asked.destroy());
        asked.on("error", unknown);
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}
