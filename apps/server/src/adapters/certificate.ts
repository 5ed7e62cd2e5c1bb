import { X509Certificate } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ensureDataDir } from "./data-dir.ts";
import { readIfThere } from "./secret-file.ts";

export type Certificate = { key: string; cert: string };

const dayMs = 86_400_000;
/** Apple's devices take no certificate that is good for longer than 825 days. */
const goodForDays = 365;
const renewBeforeDays = 30;

/**
 * A self-signed certificate for `localhost` and the given addresses, kept in `<dataDir>/tls` so that a device that was
 * told to trust it need not be told again. Made anew when an address is missing in it or it is about to end.
 */
export async function ensureCertificate(dataDir: string, addresses: readonly string[]): Promise<Certificate> {
  await ensureDataDir(dataDir);
  const folder = path.join(dataDir, "tls");
  const files = { key: path.join(folder, "key.pem"), cert: path.join(folder, "cert.pem") };
  const [key, cert] = await Promise.all([readIfThere(files.key), readIfThere(files.cert)]);
  if (key !== undefined && cert !== undefined && isGood(cert, addresses)) return { key, cert };

  const made = await makeCertificate(addresses);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await Promise.all([
    writeFile(files.key, made.key, { mode: 0o600 }),
    writeFile(files.cert, made.cert, { mode: 0o600 }),
  ]);
  return made;
}

function isGood(pem: string, addresses: readonly string[]): boolean {
  const certificate = new X509Certificate(pem);
  const remainingMs = certificate.validToDate.getTime() - Date.now();
  return (
    remainingMs > renewBeforeDays * dayMs && addresses.every((address) => certificate.checkIP(address) !== undefined)
  );
}

async function makeCertificate(addresses: readonly string[]): Promise<Certificate> {
  const names = [
    { type: 2 as const, value: "localhost" },
    ...["127.0.0.1", "::1", ...addresses].map((ip) => ({ type: 7 as const, ip })),
  ];
  // Only who serves a local network by HTTPS loads it.
  const { generate } = await import("selfsigned");
  const { private: key, cert } = await generate([{ name: "commonName", value: "Tessera on this network" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + goodForDays * dayMs),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: names },
    ],
  });
  return { key, cert };
}
