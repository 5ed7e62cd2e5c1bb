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

/** Wraps the names key for one person's PIN. */
export async function wrapNamesKey(namesKey: Bytes, pin: string, deviceKey: Key): Promise<Wrapped> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const byPin = await sealWith(await keyOf(pin, salt), namesKey);
  return { salt, sealed: await sealWith(deviceKey, byPin) };
}

/** The names key, or null for a wrong PIN. */
export async function unwrapNamesKey({ salt, sealed }: Wrapped, pin: string, deviceKey: Key): Promise<Bytes | null> {
  try {
    return await openWith(await keyOf(pin, salt), await openWith(deviceKey, sealed));
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

async function sealWith(key: Key, bytes: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes));
  const both = new Uint8Array(iv.length + sealed.length);
  both.set(iv);
  both.set(sealed, iv.length);
  return both;
}

async function openWith(key: Key, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.slice(0, ivBytes);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.slice(ivBytes)));
}
