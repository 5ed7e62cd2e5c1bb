import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { WebauthnResponse } from "@tessera/contracts";
import { testRequester } from "./requester.ts";

/** What of a server's options an authenticator looks at: those for making a passkey, and those for showing one. */
type CreationOptions = { challenge: string; rp?: unknown; user?: unknown };
type RequestOptions = { challenge: string; rpId?: unknown; allowCredentials?: unknown };

/** How one answer differs from what an honest authenticator on the right page says. */
type Deviation = {
  /** Of the page that asks; the test requester's unless told. */
  origin?: string;
  /** Whether the user showed a finger or a PIN; yes unless told. */
  userVerified?: boolean;
  /** Instead of the next one. */
  counter?: number;
};

/** A passkey that can be shown. */
export type TestPasskey = {
  id: string;
  /** Answers `navigator.credentials.get`. */
  show(options: RequestOptions, deviation?: Deviation): WebauthnResponse;
};

type MadePasskey = { passkey: TestPasskey; response: WebauthnResponse };

const userPresent = 0x01;
const userVerifiedFlag = 0x04;
const attestedData = 0x40;

/**
 * Answers `navigator.credentials.create` as an authenticator does (WebAuthn Level 3): an ES256 key, no attestation, a
 * counter that goes up unless it `counts` not at all, as those of phones do. `discoverable` is what the extension
 * credProps says, `attestationFormat` what the answer claims to hold.
 */
export function makePasskey(
  options: CreationOptions,
  {
    origin = testRequester.origin,
    userVerified = true,
    counts = true,
    discoverable = true,
    attestationFormat = "none",
  }: Deviation & { counts?: boolean; discoverable?: boolean; attestationFormat?: string } = {},
): MadePasskey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32);
  const id = credentialId.toString("base64url");
  const rpId = textIn(options.rp, "id");
  const userHandle = textIn(options.user, "id");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(credentialId.length);
  const authData = Buffer.concat([
    authenticatorData(rpId, { flags: attestedData, userVerified, counter: 0 }),
    Buffer.alloc(16),
    length,
    credentialId,
    coseKey(publicKey),
  ]);
  const attestation = new Map<string, string | Uint8Array | Map<string, string>>([
    ["fmt", attestationFormat],
    ["attStmt", new Map()],
    ["authData", new Uint8Array(authData)],
  ]);
  const response: WebauthnResponse = {
    id,
    rawId: id,
    type: "public-key",
    clientExtensionResults: { credProps: { rk: discoverable } },
    response: {
      clientDataJSON: clientData("webauthn.create", options.challenge, origin).toString("base64url"),
      attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString("base64url"),
      transports: ["internal"],
    },
  };
  let counter = 0;
  const show: TestPasskey["show"] = (request, deviation = {}) => {
    counter += counts ? 1 : 0;
    const shown = { counter, origin: testRequester.origin, userVerified: true, ...deviation };
    return answer({ id, userHandle, privateKey }, request, shown);
  };
  return { passkey: { id, show }, response };
}

function answer(
  { id, userHandle, privateKey }: { id: string; userHandle: string; privateKey: KeyObject },
  { challenge, rpId }: RequestOptions,
  { counter, origin, userVerified }: Required<Deviation>,
): WebauthnResponse {
  const clientDataJSON = clientData("webauthn.get", challenge, origin);
  const authData = authenticatorData(String(rpId), { flags: 0, userVerified, counter });
  const signed = Buffer.concat([authData, createHash("sha256").update(clientDataJSON).digest()]);
  return {
    id,
    rawId: id,
    type: "public-key",
    clientExtensionResults: {},
    response: {
      clientDataJSON: clientDataJSON.toString("base64url"),
      authenticatorData: authData.toString("base64url"),
      signature: sign("sha256", signed, privateKey).toString("base64url"),
      userHandle,
    },
  };
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function authenticatorData(
  rpId: string,
  { flags, userVerified, counter }: { flags: number; userVerified: boolean; counter: number },
): Buffer {
  const tail = Buffer.alloc(5);
  tail.writeUInt8(flags | userPresent | (userVerified ? userVerifiedFlag : 0));
  tail.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash("sha256").update(rpId).digest(), tail]);
}

/** RFC 9053: key type EC2, algorithm ES256, curve P-256, then x and y. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const key = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, "base64url"))],
    [-3, new Uint8Array(Buffer.from(y, "base64url"))],
  ]);
  return Buffer.from(isoCBOR.encode(key));
}

function textIn(value: unknown, key: string): string {
  if (typeof value === "object" && value !== null) {
    const text: unknown = Reflect.get(value, key);
    if (typeof text === "string") return text;
  }
  throw new Error(`the options name no ${key}`);
}
