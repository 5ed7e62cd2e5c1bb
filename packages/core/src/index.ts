// accounts
export { type AttemptLimits, createAttemptLimits } from "./accounts/attempt-limits.ts";
export type { AuthStanding } from "./accounts/auth-sessions.ts";
export { createStaffAccount, type StaffAccount } from "./accounts/create-staff-account.ts";
export { createPasswordHasher, type PasswordHasher } from "./accounts/passwords.ts";

// all
export type { Actor, Clock, CoreContext, Policy, RandomBytes } from "./context.ts";
export { CodedError } from "./errors.ts";

// keys
export { createKeyring, type KekKind, kekKinds, type KekSource, type Keyring } from "./keys/keyring.ts";

// sales
export type { PaymentEvent, PaymentProvider } from "./sales/payment-provider.ts";
