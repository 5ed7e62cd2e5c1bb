/** A cookie as Playwright takes it. */
export type Cookie = { readonly name: string; readonly value: string; readonly url: string };

/** Somebody with an account, both factors, and an auth session. */
export type Person = {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly totpSecret: string;
  /** Empty for the demo's accounts, which are made without. */
  readonly recoveryCodes: readonly string[];
  readonly cookies: readonly Cookie[];
};
