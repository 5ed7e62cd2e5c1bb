/** Slow on purpose. Its implementation bounds how many run at once, so that a crowd signing in leaves the shop alive. */
export type PasswordHasher = {
  /** PHC string (argon2id). */
  hash(password: string): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
};
