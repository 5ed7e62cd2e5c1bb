import { hash, verify } from "@node-rs/argon2";

/** OWASP's parameters for argon2id, as the product hashes with. */
const owasp = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const rawPassword = "marble torch over the river";

/** A hash of `rawPassword`. */
export const hashRaw = (): Promise<string> => hash(rawPassword, owasp);

/** The limit of signing in: nothing but the check of the password. */
export async function verifyRaw(passwordHash: string): Promise<void> {
  if (!(await verify(passwordHash, rawPassword))) throw new Error("the right password is not good");
}
