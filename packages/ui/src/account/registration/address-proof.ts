/** What shows whose address it is: from the code that was typed, or from the link in the mail. */
export type AddressProof = { readonly registrationId: string; readonly code: string };

/** How a registration ended: with recovery codes, or with the account alone and its second factor still owed. */
export type Registered = {
  readonly recoveryCodes: readonly string[] | null;
  /** Why the passkey was not made, where one was wanted. */
  readonly passkeyFailure?: unknown;
};
