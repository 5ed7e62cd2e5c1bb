import { randomBytes } from "node:crypto";
import path from "node:path";
import { role } from "@tessera/contracts";
import { type CoreContext, createStaffAccount } from "@tessera/core";
import { z } from "zod";
import { readIfThere, writeSecretOnce } from "../adapters/secret-file.ts";

const demoAccount = z.object({
  role,
  email: z.string(),
  displayName: z.string(),
  password: z.string(),
  /** Base32, for an authenticator app. */
  totpSecret: z.string(),
});
/** An account that the demo prints, with everything that it takes to sign in. */
export type DemoAccount = z.output<typeof demoAccount>;

const people = [
  { role: "visitor", email: "visitor@tessera.example", displayName: "Camille Martin" },
  { role: "admin", email: "admin@tessera.example", displayName: "Alex Moreau" },
  { role: "admin", email: "admin2@tessera.example", displayName: "Noor Haddad" },
  { role: "supervisor", email: "supervisor@tessera.example", displayName: "Sacha Bernard" },
  { role: "staff", email: "staff@tessera.example", displayName: "Lou Petit" },
] as const;

/**
 * Makes the demo's accounts where they are missing. Their passwords and TOTP secrets are random at the first start and
 * kept in `<dataDir>/demo-accounts.json`, so that later starts print the same.
 */
export async function seedDemoAccounts(core: CoreContext, dataDir: string): Promise<DemoAccount[]> {
  const file = path.join(dataDir, "demo-accounts.json");
  const made = people.map((person): DemoAccount => ({ ...person, ...randomCredentials() }));
  const text = (await readIfThere(file)) ?? (await writeSecretOnce(file, `${JSON.stringify(made, null, 2)}\n`));
  const accounts = z.array(demoAccount).parse(JSON.parse(text));
  // Whoever looks around shall find admins who may reset factors, and need not wait for two days.
  const longAgo = { roleSince: new Date(0) };
  for (const account of accounts) await createStaffAccount(core, { ...account, ...longAgo, locale: "fr" });
  return accounts;
}

const letters = "abcdefghijkmnpqrstuvwxyz23456789";
const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A password of 80 bits that can be typed from a screen, and a TOTP secret of 160 (RFC 4226's recommendation). */
function randomCredentials(): { password: string; totpSecret: string } {
  const password = pick(letters, 16).replaceAll(/(.{4})(?!$)/g, "$1-");
  return { password, totpSecret: pick(base32, 32) };
}

/** Each of the 32 characters is as likely as any other, since 256 is a multiple of 32. */
function pick(alphabet: string, count: number): string {
  return Array.from(randomBytes(count), (byte) => alphabet.charAt(byte % 32)).join("");
}

/** What an authenticator app reads from a QR code (Key URI Format). */
export function otpauthUri({ email, totpSecret }: DemoAccount, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${totpSecret}&issuer=${encodeURIComponent(issuer)}`;
}
