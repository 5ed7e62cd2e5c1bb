import { z } from "zod";
import { id, instant } from "./common.ts";
import { locale } from "./locale.ts";
import { passwordLength, passwordMaxLength, passwordMinLength } from "./password-length.ts";
import { role } from "./roles.ts";

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** As long as the longest password can be however its characters are written, in UTF-16 code units. */
const typedPassword = z.string().max(passwordMaxLength * 8);

/** NIST SP 800-63B-4: any character, no composition rules. Whether it is common is decided in core. */
export const newPassword = typedPassword.check(({ value, issues }) => {
  const length = passwordLength(value);
  const issue = { input: value, inclusive: true, continue: true } as const;
  if (length < passwordMinLength) {
    issues.push({ ...issue, code: "too_small", origin: "string", minimum: passwordMinLength });
  }
  if (length > passwordMaxLength) {
    issues.push({ ...issue, code: "too_big", origin: "string", maximum: passwordMaxLength });
  }
});

/** Control characters, line ends among them, and those that turn the direction of the text around them (UAX #9). */
const unshowable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** A name that stands beside other words, which it must not disturb. Refused with `control_characters`. */
export const shownName = (mostCharacters: number) =>
  z
    .string()
    .trim()
    .normalize("NFC")
    .min(1)
    .max(mostCharacters)
    .refine((name) => name.isWellFormed() && !unshowable.test(name), "control_characters");

export const displayNameMaxLength = 80;
/** Shown to staff at the gate. */
export const displayName = shownName(displayNameMaxLength);

/** Six digits; spaces as authenticator apps print them are dropped. */
export const totpCode = z
  .string()
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/));

/** Where a mail goes to prove that an address is somebody's own. The answer is the same whether it has an account or not. */
export const beginRegistrationInput = z.object({ email, locale });
export const registrationBegun = z.object({ registrationId: id });

/** The code of the mail: six digits, however they were typed. */
export const registrationCodeInput = z.object({ registrationId: id, code: totpCode });

/** Without a password the account is for passkeys alone. */
export const registerInput = registrationCodeInput.extend({ displayName, locale, password: newPassword.nullable() });

const givenPassword = typedPassword.min(1);
export const signInInput = z.object({ email, password: givenPassword });
export const totpInput = z.object({ code: totpCode });
export const recoveryCodeInput = z.object({ code: z.string().trim().min(10).max(40) });
export const localeInput = z.object({ locale });

/** The token of a link that was mailed: 32 random bytes, base64url. */
export const mailToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const mailTokenInput = z.object({ token: mailToken });

export const requestPasswordResetInput = z.object({ email, locale });
export const resetPasswordInput = mailTokenInput.extend({ password: newPassword });
/** `currentPassword` is null where there is none yet. */
export const changePasswordInput = z.object({ currentPassword: givenPassword.nullable(), newPassword });

export const requestEmailChangeInput = z.object({ email });
/** After one of the two addresses has confirmed: whether the other one has as well. */
export const emailChangeStanding = z.object({ changed: z.boolean() });

/** The change that waits for its links to be opened; null where there is none. */
export const pendingEmailChange = z
  .object({ newEmail: z.string(), oldConfirmed: z.boolean(), newConfirmed: z.boolean(), expiresAt: instant })
  .nullable();
export type PendingEmailChange = z.output<typeof pendingEmailChange>;

export const deleteAccountInput = z.object({
  /** Tickets for what is still to come are given up, without money back; otherwise they are a reason to refuse. */
  giveUpTickets: z.boolean(),
});

export const accountView = z.object({ id, email: z.string(), displayName: z.string(), locale, role });
export type AccountView = z.output<typeof accountView>;

/** With which second factors somebody can go on. Recovery codes are there for everybody who has one of these. */
export const usableFactors = z.object({ totp: z.boolean(), passkey: z.boolean() });
export type UsableFactors = z.output<typeof usableFactors>;

/** How far somebody is with signing in. Until `signed_in` nothing works but the second factor. */
export const authState = z.discriminatedUnion("state", [
  z.object({ state: z.literal("signed_out") }),
  z.object({ state: z.literal("enrol"), account: accountView, hasPassword: z.boolean() }),
  z.object({ state: z.literal("verify"), account: accountView, factors: usableFactors }),
  z.object({
    state: z.literal("signed_in"),
    account: accountView,
    factors: usableFactors,
    steppedUpUntil: instant,
  }),
]);
export type AuthState = z.output<typeof authState>;

/** For what has nothing to tell but that it is done. */
export const done = z.object({ done: z.literal(true) });

/** Everything that the owner keeps somewhere else of what is asked for: it is in no other answer. */
export const accountData = z.record(z.string(), z.json());
