import { z } from "zod";
import { id, instant } from "./common.ts";
import { locale } from "./locale.ts";
import { role } from "./roles.ts";

export const passwordMinLength = 12;
export const passwordMaxLength = 256;

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** NIST SP 800-63B-4: any character, no composition rules. Whether it is common is decided in core. */
export const newPassword = z.string().min(passwordMinLength).max(passwordMaxLength);

/** Control characters, line ends among them, and those that turn the direction of the text around them (UAX #9). */
const unshowable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** Shown to staff at the gate beside other words, which it must not disturb. Refused with `control_characters`. */
export const displayName = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1)
  .max(80)
  .refine((name) => !unshowable.test(name), "control_characters");

/** Six digits; spaces as authenticator apps print them are dropped. */
export const totpCode = z
  .string()
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/));

export const registerInput = z.object({ email, password: newPassword, displayName, locale });
export const signInInput = z.object({ email, password: z.string().min(1).max(passwordMaxLength) });
export const totpInput = z.object({ code: totpCode });
export const recoveryCodeInput = z.object({ code: z.string().trim().min(10).max(40) });

export const accountView = z.object({ id, email: z.string(), displayName: z.string(), locale, role });
export type AccountView = z.output<typeof accountView>;

/** How far somebody is with signing in. Until `signed_in` nothing works but the second factor. */
export const authState = z.discriminatedUnion("state", [
  z.object({ state: z.literal("signed_out") }),
  z.object({ state: z.literal("enrol"), account: accountView }),
  z.object({ state: z.literal("verify"), account: accountView }),
  z.object({ state: z.literal("signed_in"), account: accountView, steppedUpUntil: instant }),
]);
export type AuthState = z.output<typeof authState>;

/** The only output that holds a TOTP secret: it is shown once, to its owner, before it is active. */
export const totpEnrolment = z.object({ secret: z.string(), uri: z.string() });

/** Shown once; only hashes are kept. */
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).length(10) });
