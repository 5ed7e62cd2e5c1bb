/** What an account can sign in with. */
export type Factors = {
  hasPassword: boolean;
  /** Confirmed. */
  totp: boolean;
  /** `alone`: kept on the authenticator and with user verification, and so both factors at once. */
  passkeys: readonly { id: string; alone: boolean }[];
};

export const hasFactor = ({ totp, passkeys }: Factors): boolean => totp || passkeys.length > 0;

/** Whether the owner still gets in: a password needs a second factor beside it, a passkey may be enough alone. */
export function letsOwnerIn(factors: Factors): boolean {
  return factors.hasPassword ? hasFactor(factors) : factors.passkeys.some(({ alone }) => alone);
}
