import { setTimeout as delay } from "node:timers/promises";
import { apiErrorData, type ErrorCode, type ErrorDetails, proofHeader } from "@tessera/contracts";
import { z } from "zod";
import type { Heard, HttpClient } from "./http.ts";
import { solveProof } from "./proof-of-work.ts";
import type { Random } from "./random.ts";
import type { Account } from "./stage.ts";

/** An answer that ends a wish: `text` is it to the letter. */
export type Definite =
  | { kind: "granted"; text: string; data: unknown }
  | { kind: "refused"; code: ErrorCode; details: ErrorDetails };

const granted = z.object({ result: z.object({ data: z.unknown() }) });
const refused = z.object({ error: z.object({ data: apiErrorData }) });

// What says nothing of whether the wish was granted, or says to ask again.
const indefinite: ReadonlySet<ErrorCode> = new Set([
  "unavailable",
  "internal",
  "request_under_way",
  "too_many_requests",
]);

const firstPauseMs = 60;
/** A server that does not come back is a finding, not something to wait for. */
const patienceMs = 90_000;
/** Longer under way than anything takes: whoever was at it is dead. */
const underWayMs = 5_000;

class Silence extends Error {
  override readonly name = "Silence";
}

/**
 * The product's API as one buyer uses it: asks again, under the same key, until the answer is definite.
 *
 * @param options.longestPauseMs between two tries
 */
export function openApi(
  client: HttpClient,
  account: Account,
  random: Random,
  { longestPauseMs = 1_000 }: { longestPauseMs?: number } = {},
) {
  const headers = {
    cookie: `tessera_shop=${account.token}`,
    "x-forwarded-for": account.address,
    "user-agent": "chaos",
  };

  /** @param bodyOf told whether it may have been asked before */
  async function mutate(procedure: string, bodyOf: (retry: boolean) => object): Promise<Definite> {
    return untilDefinite((retry, proof) =>
      client.ask({
        method: "POST",
        path: `/trpc/${procedure}`,
        headers: { ...headers, ...proof, "content-type": "application/json" },
        body: JSON.stringify(bodyOf(retry)),
      }),
    );
  }

  async function query(procedure: string, input: object): Promise<Definite> {
    const path = `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`;
    return untilDefinite(() => client.ask({ method: "GET", path, headers }));
  }

  /** Once, and whatever becomes of it. */
  async function postForm(path: string, fields: Record<string, string>): Promise<Heard> {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return client.ask({
      method: "POST",
      path,
      headers: { ...headers, ...type },
      body: new URLSearchParams(fields).toString(),
    });
  }

  async function untilDefinite(
    ask: (retry: boolean, proof: Record<string, string>) => Promise<Heard>,
  ): Promise<Definite> {
    const deadline = performance.now() + patienceMs;
    let last: Heard = "unknown";
    let proof: Record<string, string> = {};
    const stuckAt = performance.now() + underWayMs;
    for (let tries = 0; performance.now() < deadline; tries += 1) {
      last = await ask(tries > 0, proof);
      const isStuck = performance.now() > stuckAt;
      const definite = last === "unknown" ? undefined : definiteOf(last.text, { isStuck });
      if (definite?.kind === "refused" && definite.code === "proof_of_work_required") {
        // Whoever has to ask so often that it looks like a script: a browser works for it, and nobody sees it.
        proof = { [proofHeader]: await solveProof(definite.details["challenge"]) };
      } else if (definite !== undefined) return definite;
      else await pause(tries);
    }
    throw new Silence(`no definite answer: ${JSON.stringify(last)}`);
  }

  /** Longer each time, as who asks too often must work for it; and never at the same moment as everybody else. */
  const pause = (tries: number): Promise<void> =>
    delay(Math.min(longestPauseMs, firstPauseMs * 1.5 ** tries) * (0.5 + random.next()));

  return { mutate, query, postForm, pause };
}
export type Api = ReturnType<typeof openApi>;

/** Undefined when the answer leaves it open. What is neither is open as well: the start of a server answers plainly. */
function definiteOf(text: string, { isStuck }: { isStuck: boolean }): Definite | undefined {
  const body = parseJson(text);
  const good = granted.safeParse(body);
  if (good.success) return { kind: "granted", text, data: good.data.result.data };
  const bad = refused.safeParse(body);
  if (!bad.success) return undefined;
  const { errorCode: code, details } = bad.data.error.data;
  if (indefinite.has(code) && !(isStuck && code === "request_under_way")) return undefined;
  return { kind: "refused", code, details };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
