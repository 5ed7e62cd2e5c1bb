import { passwordLength, passwordMaxLength, passwordMinLength } from "@tessera/contracts";
import type { CoreContext } from "../../context.ts";
import { CodedError } from "../../errors.ts";
import type { Requester } from "../../ports.ts";

type Chosen = { password: string; email: string; displayName: string };

/**
 * Refuses a password that is too short or too long (in characters, not bytes) or that a guesser tries early: common,
 * made of common words, of one's own name or address, of years, runs and repetitions (NIST SP 800-63B-4 section
 * 3.1.1.2; no rules of composition). The browser estimates by the same function while it is typed.
 * Throws `password_too_short`, `password_too_long` or `password_too_common`.
 */
export async function refuseWeakPassword(input: Chosen): Promise<void> {
  const length = passwordLength(input.password);
  if (length < passwordMinLength) throw new CodedError("password_too_short");
  if (length > passwordMaxLength) throw new CodedError("password_too_long");
  // Its dictionaries are large: they are read when the first password is chosen.
  const { estimatePassword } = await import("@tessera/contracts/password-strength");
  if (estimatePassword(input.password, [input.email, input.displayName]).guessable) {
    throw new CodedError("password_too_common");
  }
}

/**
 * The hash of a password that somebody has chosen. Estimating takes the server some time and a refusal uses nothing up:
 * each choice counts against the limits. Throws as `refuseWeakPassword`, and what the limits throw.
 */
export async function hashChosenPassword(
  ctx: Pick<CoreContext, "passwords" | "attempts">,
  chosen: Chosen,
  requester: Requester,
): Promise<string> {
  await ctx.attempts.spend("password_choice", { account: chosen.email, requester });
  await refuseWeakPassword(chosen);
  return ctx.passwords.hash(chosen.password);
}
