import { type Sign, verifySignature } from "@tessera/pass";

/**
 * What this device keeps for one ticket. The private half never leaves it: WebCrypto holds it non-extractable, or, where
 * a browser has no Ed25519, its seed lies encrypted under a non-extractable AES key (`soft`, and the pass says so).
 */
export type DeviceKey = {
  readonly ticketId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly secret:
    | { readonly kind: "webcrypto"; readonly privateKey: CryptoKey }
    | {
        readonly kind: "soft";
        readonly wrappingKey: CryptoKey;
        readonly nonce: Uint8Array<ArrayBuffer>;
        readonly sealedSeed: ArrayBuffer;
      };
  /**
   * Null between the making of the key and the server's answer, and after signing out: the same key asks again for the
   * same pass.
   */
  readonly activated: { readonly epoch: number; readonly pass: Uint8Array } | null;
  /** Until when it stays once its owner has signed out; milliseconds since 1970. */
  readonly keepUntilMs?: number;
};

/** Makes the key pair of a ticket, not yet stored. */
export async function makeDeviceKey(ticketId: string): Promise<DeviceKey> {
  return (await makeWebCryptoKey(ticketId)) ?? makeSoftKey(ticketId);
}

async function makeWebCryptoKey(ticketId: string): Promise<DeviceKey | null> {
  try {
    const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    if (!("privateKey" in pair)) return null;
    const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return { ticketId, publicKey, secret: { kind: "webcrypto", privateKey: pair.privateKey }, activated: null };
  } catch {
    // NotSupportedError: this browser has no Ed25519.
    return null;
  }
}

async function makeSoftKey(ticketId: string): Promise<DeviceKey> {
  const { getPublicKeyAsync } = await import("@noble/ed25519");
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const publicKey = new Uint8Array(await getPublicKeyAsync(seed));
  const wrappingKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const sealedSeed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, wrappingKey, seed);
  seed.fill(0);
  return { ticketId, publicKey, secret: { kind: "soft", wrappingKey, nonce, sealedSeed }, activated: null };
}

/** Signs with the private half of a key: Ed25519, 64 bytes. */
export function signerOf({ secret }: DeviceKey): Sign {
  if (secret.kind === "webcrypto") {
    return async (message) =>
      new Uint8Array(await crypto.subtle.sign("Ed25519", secret.privateKey, new Uint8Array(message)));
  }
  return async (message) => {
    const { signAsync } = await import("@noble/ed25519");
    const opening = { name: "AES-GCM", iv: secret.nonce };
    const seed = new Uint8Array(await crypto.subtle.decrypt(opening, secret.wrappingKey, secret.sealedSeed));
    const signature = await signAsync(message, seed);
    seed.fill(0);
    return signature;
  };
}

/** Whether the private half signs what the public half verifies: tried before anybody relies on it. */
export async function isGoodKey(key: DeviceKey): Promise<boolean> {
  const message = crypto.getRandomValues(new Uint8Array(32));
  const signature = await signerOf(key)(message);
  if (key.secret.kind === "webcrypto") return verifySignature(key.publicKey, message, signature);
  const { verifyAsync } = await import("@noble/ed25519");
  return verifyAsync(signature, message, key.publicKey);
}
