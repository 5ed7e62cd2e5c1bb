import type { Page } from "playwright-core";
import type { Shown } from "./find-secrets.ts";

/**
 * All that the browser keeps for this page's origin: its storages, every record of every database, and every answer in
 * a cache. Bytes are told as numbers with commas; a key that WebCrypto lets nobody read says so.
 */
export async function keptInBrowser(page: Page): Promise<Shown[]> {
  const kept = await page.evaluate(readAll);
  return kept.map(({ where, text }) => ({ where, bytes: Buffer.from(text) }));
}

/** Runs in the page. */
async function readAll(): Promise<{ where: string; text: string }[]> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error ?? new Error("no answer")));
    });
  const bytesOf = (buffer: ArrayBuffer): string => new Uint8Array(buffer).join(",");
  const tell = async (value: unknown): Promise<string> => {
    if (value instanceof CryptoKey)
      return value.extractable ? tell(await crypto.subtle.exportKey("jwk", value)) : "key";
    if (value instanceof ArrayBuffer) return bytesOf(value);
    if (ArrayBuffer.isView(value))
      return bytesOf(new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice().buffer);
    if (typeof value !== "object" || value === null) return String(value);
    const parts = value instanceof Map || value instanceof Set ? [...value] : Object.entries(value);
    return (await Promise.all(parts.flat().map(tell))).join("\n");
  };
  const kept = [
    { where: "localStorage", text: JSON.stringify(localStorage) },
    { where: "sessionStorage", text: JSON.stringify(sessionStorage) },
    { where: "document.cookie", text: document.cookie },
  ];
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const records: unknown = await done(database.transaction(store).objectStore(store).getAll());
      kept.push({ where: `IndexedDB ${name} ${store}`, text: await tell(records) });
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = (await (await cache.match(request))?.text()) ?? "";
      kept.push({ where: `Cache ${name} ${request.url}`, text });
    }
  }
  return kept;
}
