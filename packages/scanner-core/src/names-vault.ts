import type { NamesVault } from "./ports.ts";

type Key = Awaited<ReturnType<typeof newDeviceKey>>;
type Bytes = Uint8Array<ArrayBuffer>;

/** What a PIN and the device's own key wrap: neither opens it alone. */
export type Wrapped = { readonly salt: Bytes; readonly sealed: Bytes };

/** OWASP's count for PBKDF2 with SHA-256. What holds against who has the device is that its key cannot leave it. */
const iterations = 600_000;
const ivBytes = 12;

/** A key that the browser keeps and never shows. */
export async function newDeviceKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export const newNamesKey = (): Bytes => crypto.getRandomValues(new Uint8Array(32));

/** What the names key can be sealed for while nobody is there to type a PIN: X25519, RFC 7748. */
export type MemberKeys = {
  /** 32 bytes. */
  readonly publicKey: Bytes;
  /** The private half. */
  readonly wrapped: Wrapped;
};

/** A key pair for one person's PIN. */
export async function newMemberKeys(pin: string, deviceKey: Key): Promise<MemberKeys> {
  const { publicKey, privateKey } = await newPair();
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const byPin = await sealWith(await keyOf(pin, salt), await exported("pkcs8", privateKey));
  return { publicKey: await exported("raw", publicKey), wrapped: { salt, sealed: await sealWith(deviceKey, byPin) } };
}

/** Seals the names key for somebody, whoever is there: ephemeral public key ‖ sealed. */
export async function sealFor(publicKey: Bytes, namesKey: Bytes): Promise<Bytes> {
  const ephemeral = await newPair();
  const ephemeralKey = await exported("raw", ephemeral.publicKey);
  const key = await sharedKey(ephemeral.privateKey, publicKey, concat(ephemeralKey, publicKey));
  return concat(ephemeralKey, await sealWith(key, namesKey));
}

/** The names key that was sealed for somebody, or null for a wrong PIN. */
export async function openFor(
  sealed: Bytes,
  { publicKey, wrapped }: MemberKeys,
  pin: string,
  deviceKey: Key,
): Promise<Bytes | null> {
  try {
    const bytes = await openWith(await keyOf(pin, wrapped.salt), await openWith(deviceKey, wrapped.sealed));
    const privateKey = await crypto.subtle.importKey("pkcs8", bytes, "X25519", false, ["deriveBits"]);
    const ephemeralKey = sealed.slice(0, publicKey.length);
    const key = await sharedKey(privateKey, ephemeralKey, concat(ephemeralKey, publicKey));
    return await openWith(key, sealed.slice(publicKey.length));
  } catch {
    return null;
  }
}

/** Seals and opens names (AES-256-GCM, NIST SP 800-38D) while its key is in memory. */
export async function openVault(namesKey: Bytes): Promise<NamesVault> {
  const key = await crypto.subtle.importKey("raw", namesKey, "AES-GCM", false, ["encrypt", "decrypt"]);
  return {
    seal: (bytes) => sealWith(key, new Uint8Array(bytes)),
    open: (sealed) => openWith(key, new Uint8Array(sealed)),
  };
}

async function keyOf(pin: string, salt: Bytes): Promise<Key> {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function newPair() {
  const pair = await crypto.subtle.generateKey("X25519", true, ["deriveBits"]);
  if (!("privateKey" in pair)) throw new Error("no key pair");
  return pair;
}

const exported = async (format: "raw" | "pkcs8", key: Key): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.exportKey(format, key));

/** HKDF with SHA-256 (RFC 5869) over what two X25519 keys have in common. */
async function sharedKey(privateKey: Key, publicKey: Bytes, parties: Bytes): Promise<Key> {
  const theirs = await crypto.subtle.importKey("raw", publicKey, "X25519", false, []);
  const bits = await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, privateKey, 256);
  const base = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"]);
  const info = concat(new TextEncoder().encode("tessera/names-key/v1"), parties);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return crypto.subtle.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function concat(first: Bytes, second: Bytes): Bytes {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

async function sealWith(key: Key, bytes: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes));
  return concat(iv, sealed);
}

async function openWith(key: Key, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.slice(0, ivBytes);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.slice(ivBytes)));
}
