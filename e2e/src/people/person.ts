/** A cookie as Playwright takes it. */
export type Cookie = { readonly name: string; readonly value: string; readonly url: string };

/** Six digits, and which half minute since 1970 they belong to. */
export type ShownCode = { readonly digits: string; readonly step: number };

/** Somebody with an account, both factors, and an auth session. */
export type Person = {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly totpSecret: string;
  /** The code that their authenticator app showed at sign-in: it is used up. */
  readonly usedCode: ShownCode;
  /** Empty for the demo's accounts, which are made without. */
  readonly recoveryCodes: readonly string[];
  readonly cookies: readonly Cookie[];
};
