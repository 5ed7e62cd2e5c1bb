import { passwordLength, passwordMaxLength, passwordMinLength } from "@tessera/contracts";
import { estimatePassword } from "@tessera/contracts/password-strength";
import { CodedError } from "../../errors.ts";

/**
 * Refuses a password that is too short or too long (in characters, not bytes) or that a guesser tries early: common,
 * made of common words, of one's own name or address, of years, runs and repetitions (NIST SP 800-63B-4 section
 * 3.1.1.2; no rules of composition). The browser estimates by the same function while it is typed.
 * Throws `password_too_short`, `password_too_long` or `password_too_common`.
 */
export function refuseWeakPassword(input: { password: string; email: string; displayName: string }): void {
  const length = passwordLength(input.password);
  if (length < passwordMinLength) throw new CodedError("password_too_short");
  if (length > passwordMaxLength) throw new CodedError("password_too_long");
  if (estimatePassword(input.password, [input.email, input.displayName]).guessable) {
    throw new CodedError("password_too_common");
  }
}
