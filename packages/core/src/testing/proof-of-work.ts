import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { isChallenge } from "../accounts/limits/proof-of-work.ts";
import { CodedError } from "../errors.ts";

/** What a browser sends in the header after it has solved the challenge of a `proof_of_work_required`. */
export async function solveProof(refusal: unknown): Promise<string> {
  if (!(refusal instanceof CodedError) || refusal.code !== "proof_of_work_required") throw refusal;
  const challenge: unknown = JSON.parse(String(refusal.details["challenge"]));
  if (!isChallenge(challenge)) throw new TypeError("not a challenge");
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}
