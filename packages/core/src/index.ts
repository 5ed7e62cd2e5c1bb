// accounts
export type { AuthStanding } from "./accounts/auth-sessions.ts";
export type { PasswordHasher } from "./accounts/passwords.ts";

// all
export type { Actor, Clock, CoreContext, Policy, RandomBytes } from "./context.ts";
export { CodedError } from "./errors.ts";

// keys
export { type KekKind, kekKinds, type KekSource, type Keyring, type SealPlace } from "./keys/keyring.ts";

// sales
export type { PaymentEvent, PaymentProvider } from "./sales/payment-provider.ts";
