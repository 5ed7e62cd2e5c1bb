import { readFile } from "node:fs/promises";
import path from "node:path";

/** One of the accounts that the demo makes at its first start. */
export type DemoAccount = {
  readonly role: string;
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
  readonly totpSecret: string;
};

/** Reads the file beside the demo's data, the same that the start prints. */
export async function readDemoAccounts(dataDir: string): Promise<DemoAccount[]> {
  return JSON.parse(await readFile(path.join(dataDir, "demo-accounts.json"), "utf8")) as DemoAccount[];
}

export function demoAccountOf(accounts: readonly DemoAccount[], email: string): DemoAccount {
  const account = accounts.find((each) => each.email === email);
  if (account === undefined) throw new Error(`the demo has no account ${email}`);
  return account;
}
