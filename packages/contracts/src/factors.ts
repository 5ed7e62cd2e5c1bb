import { z } from "zod";
import { shownName } from "./accounts.ts";
import { id, instant } from "./common.ts";

/** The only output that holds a TOTP secret: it is shown once, to its owner, before it is active. */
export const totpEnrolment = z.object({ secret: z.string(), uri: z.string() });

/** Shown once; only hashes are kept. */
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).length(10) });

/** With the first factor come the recovery codes; with another one there is nothing to show. */
export const factorAdded = z.object({ recoveryCodes: z.array(z.string()).length(10).nullable() });

export const passkeyNameMaxLength = 60;
/** What its owner calls a passkey. */
export const passkeyName = shownName(passkeyNameMaxLength);

/**
 * Options for `navigator.credentials`, as `PublicKeyCredentialCreationOptionsJSON` or `…RequestOptionsJSON` of WebAuthn
 * Level 3. The browser's own library reads them; for us they are a document.
 */
export const webauthnOptions = z.looseObject({ challenge: z.string() });

/** What a browser's authenticator answered (`RegistrationResponseJSON`, `AuthenticationResponseJSON`). Checked in core. */
export const webauthnResponse = z.looseObject({
  id: z.string().max(2048),
  rawId: z.string().max(2048),
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: z.string().max(8192) }),
  clientExtensionResults: z.looseObject({}),
});
export type WebauthnResponse = z.output<typeof webauthnResponse>;

export const confirmPasskeyInput = z.object({ name: passkeyName, response: webauthnResponse });
export const passkeyInput = z.object({ response: webauthnResponse });
export const passkeyIdInput = z.object({ passkeyId: id });
export const renamePasskeyInput = passkeyIdInput.extend({ name: passkeyName });

/** What somebody signs in with. */
export const factorsView = z.object({
  hasPassword: z.boolean(),
  totp: z.object({ confirmedAt: instant }).nullable(),
  passkeys: z.array(z.object({ id, name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() })),
  recoveryCodesLeft: z.int(),
  /** When everything was said to be lost: from when on the link in the mail works. */
  resetReadyAt: instant.nullable(),
});
export type FactorsView = z.output<typeof factorsView>;

export const factorResetRequested = z.object({ readyAt: instant });
