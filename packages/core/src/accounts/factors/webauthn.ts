import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { WebauthnResponse } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";
import type { PasskeyCredential } from "./passkeys.queries.ts";
import {
  type ChallengePurpose,
  deleteChallengesExpiredBy,
  insertChallenge,
  takeChallenge,
} from "./webauthn-challenges.queries.ts";
import { webauthnHelpers, webauthnLibrary } from "./webauthn-library.ts";

// WebAuthn Level 3, over @simplewebauthn/server. Whatever is wrong with an answer is `passkey_refused`: neither the user
// nor an attacker can do anything with more.

/** How long a browser may take to answer. Milliseconds. */
export const answerWithinMs = 300_000;

/** What every authenticator knows one of. By itself the library asks for ML-DSA first, which is an experiment in Node 24. */
// EdDSA, ES256 and RS256 (IANA COSE algorithms).
export const signatureAlgorithms: number[] = [-8, -7, -257];

type Parts = Pick<CoreContext, "db" | "clock" | "policy">;

/** The domain that passkeys are bound to (RP ID), as this requester reaches us. */
export function passkeyDomain({ policy }: Pick<CoreContext, "policy">, { origin }: Requester): string {
  return policy.passkeyDomain ?? new URL(origin).hostname;
}

/** The user handle: 16 bytes that say nothing about a person. */
export function userHandleOf(accountId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(accountId.replaceAll("-", ""), "hex"));
}

/** A new challenge, 32 random bytes: answered once, within five minutes. */
export async function newChallenge(
  ctx: Pick<CoreContext, "db" | "clock" | "random">,
  purpose: ChallengePurpose,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = ctx.random(32);
  await insertChallenge(ctx.db, {
    ...purpose,
    challenge,
    expiresAt: new Date(ctx.clock().getTime() + answerWithinMs),
  });
  return new Uint8Array(challenge);
}

/** What an authenticator has proven about a new passkey. `alone`: kept on it and with user verification. */
export type ProvenPasskey = Pick<PasskeyCredential, "credentialId" | "publicKey" | "counter" | "transports"> & {
  alone: boolean;
};

/** Checks the answer to `navigator.credentials.create`. Its challenge is used up. Throws `passkey_refused`. */
export async function checkNewPasskey(
  ctx: Parts,
  { accountId, response, requester }: { accountId: string; response: WebauthnResponse; requester: Requester },
): Promise<ProvenPasskey> {
  const answer = await registrationIn(response);
  const { verifyRegistrationResponse } = await webauthnLibrary();
  const expectedChallenge = await useChallenge(ctx, answer, { purpose: "enrolment", accountId });
  const { verified, registrationInfo } = await refusing(() =>
    verifyRegistrationResponse({
      response: answer,
      expectedChallenge,
      expectedOrigin: requester.origin,
      expectedRPID: passkeyDomain(ctx, requester),
      requireUserVerification: false,
      supportedAlgorithmIDs: signatureAlgorithms,
    }),
  );
  if (!verified) throw new CodedError("passkey_refused");
  const { credential, userVerified } = registrationInfo;
  return {
    credentialId: Buffer.from(credential.id, "base64url"),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
    alone: userVerified && !saysNotDiscoverable(response.clientExtensionResults["credProps"]),
  };
}

/**
 * Checks the answer to `navigator.credentials.get` by a passkey that is known. Its challenge is used up. Gives the
 * authenticator's counter. Throws `passkey_refused`.
 */
export async function checkPasskey(
  ctx: Parts,
  check: {
    passkey: PasskeyCredential;
    purpose: ChallengePurpose;
    response: WebauthnResponse;
    requester: Requester;
    userVerification: boolean;
  },
): Promise<{ counter: number }> {
  const { passkey, purpose, requester } = check;
  const answer = assertionIn(check.response);
  const expectedChallenge = await useChallenge(ctx, answer, purpose);
  const handle = answer.response.userHandle;
  const expectedHandle = Buffer.from(userHandleOf(passkey.accountId)).toString("base64url");
  // Nobody has said who it is but the passkey: then it must name its owner (section 7.2, step 6).
  if (handle === undefined ? purpose.accountId === null : handle !== expectedHandle) {
    throw new CodedError("passkey_refused");
  }
  const { verifyAuthenticationResponse } = await webauthnLibrary();
  const { verified, authenticationInfo } = await refusing(() =>
    verifyAuthenticationResponse({
      response: answer,
      expectedChallenge,
      expectedOrigin: requester.origin,
      expectedRPID: passkeyDomain(ctx, requester),
      requireUserVerification: check.userVerification,
      credential: {
        id: passkey.credentialId.toString("base64url"),
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
    }),
  );
  if (!verified) throw new CodedError("passkey_refused");
  return { counter: authenticationInfo.newCounter };
}

/** The credential id of an answer, or nothing a passkey could have. */
export function credentialIdOf({ id }: WebauthnResponse): Buffer {
  return Buffer.from(id, "base64url");
}

/** Forgets challenges that nobody answered in time; it only keeps the table small. */
export async function forgetExpiredWebauthnChallenges({ db, clock }: Pick<CoreContext, "db" | "clock">): Promise<void> {
  await deleteChallengesExpiredBy(db, clock());
}

/** Gives the challenge back for the library to compare: it is ours, fresh, and now used up. */
async function useChallenge(
  { db, clock }: Pick<CoreContext, "db" | "clock">,
  answer: { response: { clientDataJSON: string } },
  purpose: ChallengePurpose,
): Promise<string> {
  const challenge = challengeIn(answer.response.clientDataJSON);
  const bytes = Buffer.from(challenge, "base64url");
  if (!(await takeChallenge(db, { ...purpose, challenge: bytes, now: clock() }))) {
    throw new CodedError("passkey_refused");
  }
  return challenge;
}

function challengeIn(clientDataJSON: string): string {
  try {
    const clientData: unknown = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString());
    if (isRecord(clientData) && typeof clientData["challenge"] === "string") return clientData["challenge"];
  } catch {
    // Not JSON: refused like everything else.
  }
  throw new CodedError("passkey_refused");
}

async function registrationIn({ id, rawId, type, response }: WebauthnResponse): Promise<RegistrationResponseJSON> {
  const { clientDataJSON, attestationObject, transports } = response;
  if (typeof attestationObject !== "string" || !(await isModest(attestationObject))) {
    throw new CodedError("passkey_refused");
  }
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports: knownTransportsIn(transports) },
  };
}

/**
 * We ask for no attestation, and read none: to check the certificates in one, the library would fetch revocation lists
 * from wherever they say. A self-signed one (packed, without certificates) is no more than none.
 */
async function isModest(attestationObject: string): Promise<boolean> {
  const { decodeAttestationObject, isoBase64URL } = await webauthnHelpers();
  try {
    const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    const format = decoded.get("fmt");
    return format === "none" || (format === "packed" && decoded.get("attStmt").get("x5c") === undefined);
  } catch {
    return false;
  }
}

function assertionIn({ id, rawId, type, response }: WebauthnResponse): AuthenticationResponseJSON {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  if (typeof authenticatorData !== "string" || typeof signature !== "string") throw new CodedError("passkey_refused");
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: {
      clientDataJSON,
      authenticatorData,
      signature,
      ...(typeof userHandle === "string" && userHandle !== "" ? { userHandle } : {}),
    },
  };
}

const knownTransports = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];
const knownTransportsIn = (transports: unknown): string[] =>
  Array.isArray(transports) ? knownTransports.filter((known) => transports.includes(known)) : [];

/** The extension `credProps`: `rk` false is a key that the browser finds only when it is told which. */
const saysNotDiscoverable = (credProps: unknown): boolean => isRecord(credProps) && credProps["rk"] === false;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** The library throws an Error for whatever it does not like. */
async function refusing<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (cause) {
    throw new CodedError("passkey_refused", {}, { cause });
  }
}
