import { proofHeader } from "@tessera/contracts";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";
import { expect, test } from "vitest";
import { createClient } from "./index.ts";
import { solve } from "./solve.ts";

const secret = "of the server";
const ask = () =>
  createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: 10,
    counter: 50,
    deriveKey,
    hmacSignatureSecret: secret,
  });

const refusal = (challenge: string) => ({
  error: {
    message: "proof_of_work_required",
    code: -32_009,
    data: {
      errorCode: "proof_of_work_required",
      details: { challenge },
      requestId: "r",
      fields: [],
      httpStatus: 409,
    },
  },
});

/** A server that wants a proof for some of its procedures, each time. */
function openDoor({ wants }: { wants: (path: string) => boolean }) {
  const requests: { paths: string[]; proof: string | null }[] = [];
  const client = createClient({
    audience: "shop",
    url: "http://tessera.example/trpc",
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const paths = url.pathname.replace("/trpc/", "").split(",");
      const proof = new Headers(init?.headers).get(proofHeader);
      requests.push({ paths, proof });
      const solved = proof !== null && (await isGood(proof));
      const answers = await Promise.all(
        paths.map(async (path) =>
          wants(path) && !solved
            ? refusal(JSON.stringify(await ask()))
            : { result: { data: { registrationId: "019a0000-0000-7000-8000-000000000000" } } },
        ),
      );
      return Response.json(url.searchParams.has("batch") ? answers : answers[0]);
    },
  });
  const begin = (email: string) => client.auth.registration.begin.mutate({ email, locale: "fr" });
  return { client, begin, requests };
}

async function isGood(proof: string): Promise<boolean> {
  const { challenge, solution } = JSON.parse(atob(proof)) as Pick<
    Parameters<typeof verifySolution>[0],
    "challenge" | "solution"
  >;
  return (await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: secret })).verified;
}

test("a request is repeated with the proof that the server asked for", async () => {
  const { begin, requests } = openDoor({ wants: () => true });
  await expect(begin("anne@example.test")).resolves.toHaveProperty("registrationId");
  expect(requests.map(({ proof }) => proof !== null)).toEqual([false, true]);
});

test("of requests that travelled together, only those that need it are repeated, each by itself", async () => {
  const { client, begin, requests } = openDoor({ wants: (path) => path === "auth.registration.begin" });
  const both = [begin("anne@example.test"), begin("boris@example.test")];
  await Promise.all([...both, client.auth.accounts.signOut.mutate()]);
  expect(requests[0]).toMatchObject({ paths: { length: 3 }, proof: null });
  expect(requests.slice(1).map(({ paths }) => paths)).toEqual([
    ["auth.registration.begin"],
    ["auth.registration.begin"],
  ]);
  expect(new Set(requests.map(({ proof }) => proof)).size).toBe(3);
});

test("a second refusal reaches the caller", async () => {
  let requests = 0;
  const fetch = async () => {
    requests += 1;
    const answer = refusal(JSON.stringify(await ask()));
    return Response.json(requests === 1 ? [answer] : answer);
  };
  const client = createClient({ audience: "shop", url: "http://tessera.example/trpc", fetch });
  await expect(client.auth.registration.begin.mutate({ email: "anne@example.test", locale: "fr" })).rejects.toThrow(
    "proof_of_work_required",
  );
  expect(requests).toBe(2);
});

test("what cannot be solved reaches the caller as the refusal that it was", async () => {
  const fetch = async () => Response.json([refusal("no challenge")]);
  const client = createClient({ audience: "shop", url: "http://tessera.example/trpc", fetch });
  await expect(client.auth.registration.begin.mutate({ email: "anne@example.test", locale: "fr" })).rejects.toThrow(
    "proof_of_work_required",
  );
});

test("solving stops when nobody waits any more", async () => {
  const stopping = new AbortController();
  const hopeless = JSON.stringify(
    await createChallenge({ algorithm: "PBKDF2/SHA-256", cost: 10, deriveKey, keyPrefix: "00".repeat(16) }),
  );
  const solving = solve(hopeless, stopping.signal);
  stopping.abort();
  await expect(solving).rejects.toThrow("rejected");
});
