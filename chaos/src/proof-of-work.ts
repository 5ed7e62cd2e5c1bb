import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";

type Challenge = Parameters<typeof solveChallenge>[0]["challenge"];
const isChallenge = (value: unknown): value is Challenge =>
  z.object({ parameters: z.object({}), signature: z.string() }).safeParse(value).success;

/** What a browser sends with its next try after `proof_of_work_required`. */
export async function solveProof(challengeText: unknown): Promise<string> {
  const challenge: unknown = JSON.parse(String(challengeText));
  if (!isChallenge(challenge)) throw new TypeError("not a challenge");
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}
